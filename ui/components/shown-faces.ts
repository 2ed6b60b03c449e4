import { createContext } from 'react';

const NONE: ReadonlyMap<string, string> = new Map();

/** Where the faces of people can be seen, by their id. Whoever is not there is shown by their initials. */
export const ShownFaces = createContext(NONE);
