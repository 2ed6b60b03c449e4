import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';

/** The daily screens. Each reads its own parameters, since only the app knows what sits side by side. */
export const deskRoutes = (parent: AnyRoute) => [
  createRoute({
    getParentRoute: () => parent,
    path: '/',
    beforeLoad: () => {
      throw redirect({ href: '/inbox/mine', replace: true });
    },
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/inbox',
    beforeLoad: () => {
      throw redirect({ href: '/inbox/mine', replace: true });
    },
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/inbox/$view/{-$ticketId}',
    component: lazyRouteComponent(() => import('./screens/InboxScreen.tsx'), 'InboxScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/chats',
    component: lazyRouteComponent(() => import('./screens/ChatsScreen.tsx'), 'ChatsScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/promises',
    component: lazyRouteComponent(() => import('./screens/PromisesScreen.tsx'), 'PromisesScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/new',
    component: lazyRouteComponent(() => import('./screens/NewTicketScreen.tsx'), 'NewTicketScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/search/{-$ticketId}',
    component: lazyRouteComponent(() => import('./screens/SearchScreen.tsx'), 'SearchScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/outbox/{-$mailId}',
    component: lazyRouteComponent(() => import('./screens/OutboxScreen.tsx'), 'OutboxScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/quarantine/{-$messageId}',
    component: lazyRouteComponent(() => import('./screens/QuarantineScreen.tsx'), 'QuarantineScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/ledger/{-$messageId}',
    component: lazyRouteComponent(() => import('./screens/LedgerScreen.tsx'), 'LedgerScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/articles/gaps',
    component: lazyRouteComponent(() => import('./screens/HelpScreens.tsx'), 'HelpGapsScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/articles/figures',
    component: lazyRouteComponent(() => import('./screens/HelpScreens.tsx'), 'HelpFiguresScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/articles/{-$articleId}',
    component: lazyRouteComponent(() => import('./screens/HelpScreens.tsx'), 'HelpArticlesScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/customers/{-$customerId}',
    component: lazyRouteComponent(() => import('./screens/CustomersScreen.tsx'), 'CustomersScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/companies/{-$companyId}',
    component: lazyRouteComponent(() => import('./screens/CompaniesScreen.tsx'), 'CompaniesScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/for-me',
    component: lazyRouteComponent(() => import('./screens/ForMeScreen.tsx'), 'ForMeScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/approvals',
    component: lazyRouteComponent(() => import('./screens/SecondEyesScreens.tsx'), 'ApprovalsScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/commitments',
    component: lazyRouteComponent(() => import('./screens/CommitmentsScreen.tsx'), 'CommitmentsScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/commitments/figures',
    component: lazyRouteComponent(() => import('./screens/CommitmentsScreen.tsx'), 'CommitmentFiguresScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/away/{-$absenceId}',
    component: lazyRouteComponent(() => import('./screens/AwayScreen.tsx'), 'AwayScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/today',
    component: lazyRouteComponent(() => import('./screens/TodayScreen.tsx'), 'TodayScreen'),
  }),
  createRoute({
    getParentRoute: () => parent,
    path: '/here',
    component: lazyRouteComponent(() => import('./screens/HereScreen.tsx'), 'HereScreen'),
  }),
];
