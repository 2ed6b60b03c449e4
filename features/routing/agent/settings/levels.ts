/** From "a little" to "knows everything about it". */
export const LEVELS = [1, 2, 3, 4, 5] as const;
