/** The same keys as the English text, but for the singular, which Japanese does not have. */
export type Translation<English> = {
  [Key in keyof English as Key extends `${string}_one` ? never : Key]: string;
};
