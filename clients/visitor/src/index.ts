export { Refused } from './api.ts';
export type { Draft } from './conversation.ts';
export { progressOf } from './conversation.ts';
export { type Memory, memoryIn } from './memory.ts';
export { createVisitor, type View, type Visitor, type VisitorOptions, type Words } from './visitor.ts';
export type * from './types.ts';
