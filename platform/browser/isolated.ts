/** Words of another direction inside a sentence: its points and brackets stay where they belong (Unicode's first strong isolate). */
export const isolated = (words: string): string => `\u2068${words}\u2069`;
