import { expect, test } from 'vitest';
import type { z } from 'zod';
import type * as server from '../../../features/chat/core/visitor-contract.ts';
import type * as client from './types.ts';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
type Input<T extends z.ZodType> = z.input<T>;

/** The compiler holds each of these; a shape that went its own way is an error in this file. */
const HELD: [
  Same<client.WidgetLook, server.WidgetLook>, Same<client.VisitorState, server.VisitorState>, Same<client.SessionView, server.SessionView>, Same<client.SessionCreate, Input<typeof server.SessionCreate>>,
  Same<client.MessageView, server.MessageView>, Same<client.MessagePage, z.infer<typeof server.MessagePage>>, Same<client.MessageCreate, Input<typeof server.MessageCreate>>,
  Same<client.ProfilePatch, Input<typeof server.ProfilePatch>>, Same<{ items: client.CallTime[] }, server.CallTimes>, Same<client.CallCreate, Input<typeof server.CallCreate>>,
  Same<client.VisitorFrame, Input<typeof server.VisitorFrame>>, Same<client.ServerFrame, server.ServerFrame>, Same<client.PageView, server.PageView>,
] = [true, true, true, true, true, true, true, true, true, true, true, true, true];

test('the shapes that this package writes out are those of the server', () => { expect(HELD.every(Boolean)).toBe(true); });
