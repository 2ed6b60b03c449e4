/** What can be chosen, by its name. */
export type Choice = { readonly id: string; readonly label: string };

/** Stands for none of them in a list. */
export const NONE = '-';
