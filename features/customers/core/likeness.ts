/** Why two records may be of one person; the strongest first. */
export const LIKENESSES = ['number', 'address', 'name_company', 'name', 'name_spelling'] as const;
export type Likeness = (typeof LIKENESSES)[number];
