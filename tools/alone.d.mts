export function alone<T>(lockFile: string, work: () => Promise<T>): Promise<T>;
