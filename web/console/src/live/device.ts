import { useTranslation } from "react-i18next";
import { DEVICES } from "../api/live";

/** A kind of device in words; whatever else is told stays as it is. */
export function useDeviceName(): (device: string | null) => string | null {
  const { t } = useTranslation();
  return (device) => {
    const known = DEVICES.find((each) => each === device);
    return known ? t(`device.${known}`) : device;
  };
}
