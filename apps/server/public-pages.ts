import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../kernel/languages.ts';
import type { Workspaces } from '../../features/workspaces/server/workspaces.ts';
import type { MenuEntry } from '../../platform/pages/frame.ts';
import { createPages } from '../../platform/pages/pages.ts';
import { createStyle } from '../../platform/pages/style.ts';

const TOKENS = ['color.css', 'space.css', 'type.css'].map((name) => join(import.meta.dirname, '../../ui/tokens', name));

/** The pages for customers: one look, one menu, over whatever rooms have something to show. */
export function createPublicPages({ workspaces, publicUrl, home, menu }: {
  workspaces: Pick<Workspaces, 'at'>; publicUrl: string; home: (language: Language) => string; menu: readonly ((language: Language) => MenuEntry)[];
}) {
  return createPages({
    publicUrl, style: createStyle(TOKENS.map((file) => readFileSync(file, 'utf8'))),
    siteAt: async (host) => {
      const workspace = await workspaces.at(host);
      return workspace && { workspaceId: workspace.id, name: workspace.name, language: workspace.language, home, menu: (language) => menu.map((entry) => entry(language)) };
    },
  });
}
