import pytest

from kizuki.aws.clients import client
from kizuki.aws.secrets import SecretStore
from kizuki.errors import NotFoundError, TryAgainError
from tests.kizuki.aws.faults import refuse

NAME = "kizuki/test/destinations/shop/cs"


@pytest.fixture
def secrets(aws):
    secrets = client("secretsmanager")
    secrets.create_secret(Name=NAME, SecretString="old")
    return secrets


def test_a_secret_is_read_once_a_minute(secrets):
    now = [0.0]
    store = SecretStore(secrets, clock=lambda: now[0])
    assert store.get(NAME) == "old"
    secrets.put_secret_value(SecretId=NAME, SecretString="new")

    now[0] = 59
    assert store.get(NAME) == "old"
    now[0] = 60
    assert store.get(NAME) == "new"


def test_a_secret_can_be_read_afresh(secrets):
    store = SecretStore(secrets)
    store.get(NAME)
    secrets.put_secret_value(SecretId=NAME, SecretString="new")

    assert store.get(NAME, fresh=True) == "new"
    assert store.get(NAME) == "new"


def test_a_secret_that_is_not_there_is_not_found(secrets):
    with pytest.raises(NotFoundError):
        SecretStore(secrets).get("kizuki/test/destinations/shop/none")


def test_a_deleted_secret_is_forgotten(secrets):
    store = SecretStore(secrets)
    store.get(NAME)
    secrets.delete_secret(SecretId=NAME)

    with pytest.raises(NotFoundError):
        store.get(NAME, fresh=True)
    with pytest.raises(NotFoundError):
        store.get(NAME)


def test_a_failing_secrets_manager_says_try_again(secrets):
    refuse(secrets, "secrets-manager.GetSecretValue", "InternalServiceError", status=500)

    with pytest.raises(TryAgainError):
        SecretStore(secrets).get(NAME)
