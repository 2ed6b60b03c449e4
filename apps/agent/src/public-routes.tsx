import { type AnyRoute, createRoute, lazyRouteComponent, useSearch } from '@tanstack/react-router';
import { useEnter } from './shell/use-enter.ts';

const ForgottenScreen = lazyRouteComponent(() => import('../../../features/people/agent/ForgottenScreen.tsx'), 'ForgottenScreen');
const ResetScreen = lazyRouteComponent(() => import('../../../features/people/agent/ResetScreen.tsx'), 'ResetScreen');
const InvitationScreen = lazyRouteComponent(() => import('../../../features/people/agent/InvitationScreen.tsx'), 'InvitationScreen');
const SetupScreen = lazyRouteComponent(() => import('../../../features/workspaces/agent/SetupScreen.tsx'), 'SetupScreen');

/** Links of mails and of the first start lead here; the token is what they carry. */
function useLinkToken(): string {
  const { token }: { token?: string } = useSearch({ strict: false });
  return token ?? '';
}

const Setup = () => <SetupScreen token={useLinkToken()} onSignedIn={useEnter()} />;
const Invitation = () => <InvitationScreen token={useLinkToken()} onSignedIn={useEnter()} />;
const Reset = () => <ResetScreen token={useLinkToken()} />;

export const publicRoutes = (parent: AnyRoute) => [
  createRoute({ getParentRoute: () => parent, path: '/setup', component: Setup }),
  createRoute({ getParentRoute: () => parent, path: '/invitation', component: Invitation }),
  createRoute({ getParentRoute: () => parent, path: '/forgotten', component: ForgottenScreen }),
  createRoute({ getParentRoute: () => parent, path: '/reset', component: Reset }),
];
