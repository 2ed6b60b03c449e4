const order = require('./features/order.json');

/** A room may use only the rooms listed before it, so the rooms can never form a circle. */
const roomOrder = order.map((room, i) => ({
  name: `room-order:${room}`,
  severity: 'error',
  from: { path: `^features/${room}/`, pathNot: '\\.test\\.tsx?$' },
  to: { path: `^features/(?!(${order.slice(0, i + 1).join('|')})/)[^/]+/` },
}));

/** Of another room: its core, and on the server its front door (the file named like the room). Nothing else. */
const frontDoors = order.map((room) => ({
  name: `front-door:${room}`,
  severity: 'error',
  from: { path: '^features/', pathNot: `^features/${room}/` },
  to: {
    path: `^features/${room}/`,
    pathNot: [`^features/${room}/core/`, `^features/${room}/server/${room}\\.ts$`],
  },
}));

const layer = (name, from, mayUse) => ({
  name: `layer:${name}`,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.tsx?$' },
  to: { path: '^(apps|clients|features|platform|ui|kernel|db|testing|tools|bench|e2e)/', pathNot: [from, ...mayUse] },
});

const core = '^features/[^/]+/core/';
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...roomOrder,
    ...frontDoors,
    layer('kernel', '^kernel/', []),
    layer('core', core, ['^kernel/']),
    layer('platform', '^platform/', ['^kernel/', '^db/types']),
    layer('ui', '^ui/', ['^kernel/']),
    layer('server', '^features/[^/]+/server/', [core, '^platform/(?!browser/)', '^kernel/', '^db/types']),
    layer('screens', '^features/[^/]+/agent/', [core, '^platform/browser/', '^ui/', '^kernel/', '^features/[^/]+/messages/']),
    // Another world: no React, and of shapes only their types, since zod alone would be most of it.
    layer('widget', '^apps/widget/src/', ['^platform/browser/plain/', '^ui/tokens/', '^kernel/languages', '^apps/widget/messages/', '^clients/visitor/src/', core]),
    // Whoever builds an app takes it out of this house as it is.
    layer('client', '^clients/', []),
    {
      name: 'widget-takes-types-only',
      severity: 'error',
      from: { path: '^apps/widget/src/', pathNot: '\\.test\\.tsx?$' },
      to: { path: 'contract\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: core, pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core', 'npm'], pathNot: ['node_modules/(zod|temporal-polyfill)/'] },
    },
    {
      name: 'browser-is-not-node',
      severity: 'error',
      from: { path: '^(ui|platform/browser|apps/agent/src|apps/widget/src|clients|features/[^/]+/agent)/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'product-does-not-use-test-code',
      severity: 'error',
      from: { path: '^(apps|clients|features|platform|ui|kernel)/', pathNot: '\\.test\\.tsx?$' },
      to: { path: '^(testing|e2e|bench)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
    exclude: { path: '^(build|data|node_modules/(?!zod|temporal-polyfill))' },
  },
};
