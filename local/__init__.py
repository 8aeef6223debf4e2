"""The local platform: the same CDK app, deployed to an AWS emulator on this machine."""
