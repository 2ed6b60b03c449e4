import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { deskRoutes } from './desk-routes.tsx';
import { publicRoutes } from './public-routes.tsx';
import { settingsRoutes } from './settings-routes.tsx';
import { PublicPage } from './shell/PublicPage.tsx';
import { NotFound, ScreenError } from './shell/ScreenError.tsx';
import { SignedIn } from './shell/SignedIn.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });
const outside = createRoute({ getParentRoute: () => root, id: 'outside', component: PublicPage });
const desk = createRoute({ getParentRoute: () => root, id: 'desk', component: SignedIn });

/** All components at once, for whoever designs or takes pictures; reached only by its address. */
const kit = createRoute({
  getParentRoute: () => root,
  path: '/_kit',
  component: lazyRouteComponent(() => import('./kit/KitScreen.tsx'), 'KitScreen'),
});

/** Query strings are text and stay text: a token of digits is not a number. */
export const router = createRouter({
  routeTree: root.addChildren([kit, outside.addChildren(publicRoutes(outside)), desk.addChildren([...deskRoutes(desk), settingsRoutes(desk)])]),
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: (search) => {
    const given = Object.entries(search).filter(([, value]) => value !== undefined && value !== '');
    return given.length > 0 ? `?${new URLSearchParams(given.map(([key, value]) => [key, String(value)]))}` : '';
  },
  defaultErrorComponent: ScreenError,
});
