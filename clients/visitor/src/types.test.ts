import { expect, test } from 'vitest';
import type { z } from 'zod';
import type * as server from '../../../features/chat/core/visitor-contract.ts';
import type * as client from './types.ts';

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
/** What the server says has all that is written here, and nothing that is not; of words it may know more. */
type Heard<Ours, Theirs> = [Theirs] extends [Ours] ? Same<keyof Ours, keyof Theirs> : false;
type Input<T extends z.ZodType> = z.input<T>;

/** The compiler holds each of these; a shape that went its own way is an error in this file. */
const SAID: [
  Same<client.SessionCreate, Input<typeof server.SessionCreate>>, Same<client.MessageCreate, Input<typeof server.MessageCreate>>, Same<client.ProfilePatch, Input<typeof server.ProfilePatch>>,
  Same<client.CallCreate, Input<typeof server.CallCreate>>, Same<client.IntakeAsk, Input<typeof server.IntakeAsk>>, Same<client.VisitorFrame, Input<typeof server.VisitorFrame>>, Same<client.PageView, server.PageView>,
] = [true, true, true, true, true, true, true];
const HEARD: [
  Heard<client.WidgetLook, server.WidgetLook>, Heard<client.Proactive, server.Proactive>, Heard<client.VisitorState, server.VisitorState>, Heard<client.Availability, server.AvailabilityView>,
  Heard<client.Conversation, server.ConversationView>, Heard<client.SessionView, server.SessionView>, Heard<client.MessageView, server.MessageView>, Heard<client.MessagePage, z.infer<typeof server.MessagePage>>,
  Heard<{ items: client.CallTime[] }, server.CallTimes>, Heard<client.ServerFrame, server.ServerFrame>, Heard<client.IntakeStep, z.infer<typeof server.IntakeStep>>,
] = [true, true, true, true, true, true, true, true, true, true, true];

test('the shapes that this package writes out are those of the server', () => { expect([...SAID, ...HEARD].every(Boolean)).toBe(true); });
