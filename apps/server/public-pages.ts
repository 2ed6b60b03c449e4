import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Now } from '../../kernel/actor.ts';
import type { Language } from '../../kernel/languages.ts';
import type { Knowledge } from '../../features/knowledge/server/knowledge.ts';
import { helpEntry, helpSection, robots, type HelpDeps } from '../../features/knowledge/server/pages/help-routes.ts';
import { readCookie } from '../../features/people/core/credentials.ts';
import { newRequestPath, requestPages, requestsEntry } from '../../features/requests/server/pages/pages.ts';
import { customerCookie } from '../../features/requests/server/pages/turn.ts';
import type { Requests } from '../../features/requests/server/requests.ts';
import { noticeBanner } from '../../features/status/server/pages/banner.ts';
import type { Charter } from '../../features/charter/server/charter.ts';
import { charterEntry, charterPages } from '../../features/charter/server/pages/page.ts';
import { statusEntry, statusSection } from '../../features/status/server/pages/pages.ts';
import type { Status } from '../../features/status/server/status.ts';
import type { Workspaces } from '../../features/workspaces/server/workspaces.ts';
import type { Section } from '../../platform/http/server.ts';
import type { Signer } from '../../platform/http/signing.ts';
import type { MenuEntry } from '../../platform/pages/frame.ts';
import { createPages } from '../../platform/pages/pages.ts';
import { createStyle } from '../../platform/pages/style.ts';

const TOKENS = ['color.css', 'space.css', 'type.css'].map((name) => join(import.meta.dirname, '../../ui/tokens', name));
const SUGGESTED = 5;

/** The pages for customers: one look, one menu, over whatever rooms have something to show. */
export function publicSections({ workspaces, knowledge, requests, status, charter, signer, machineNow, publicUrl, toldCountry }: {
  workspaces: Pick<Workspaces, 'at' | 'get'>; knowledge: Knowledge; requests: Requests; status: Status; charter: Charter; signer: Signer; machineNow: Now; publicUrl: string; toldCountry: NonNullable<HelpDeps['toldCountry']>;
}): Section[] {
  const menu: readonly ((language: Language) => MenuEntry)[] = [helpEntry, requestsEntry, statusEntry];
  const pages = createPages({
    publicUrl, style: createStyle(TOKENS.map((file) => readFileSync(file, 'utf8'))),
    siteAt: async (host) => {
      const workspace = await workspaces.at(host);
      if (!workspace) return null;
      const isPromised = await charter.isPublished(workspace.id);
      const notices = await status.shownOnPages(workspace.id);
      return {
        workspaceId: workspace.id, name: workspace.brand?.name ?? workspace.name, brand: workspace.brand, language: workspace.language, home: (language) => helpEntry(language).href, menu: (language) => [...menu, ...(isPromised ? [charterEntry] : [])].map((entry) => entry(language)),
        banner: (language) => noticeBanner(language, notices, workspace),
      };
    },
  });
  const session = customerCookie(publicUrl);

  return [
    pages.assets,
    robots(pages),
    helpSection({
      knowledge, pages, further: charterPages({ charter, pages }), secure: publicUrl.startsWith('https:'), contact: newRequestPath, toldCountry,
      readerOf: async ({ headers, site }) => {
        const token = readCookie(headers.cookie, session);
        const guest = token === null ? null : await requests.guest(site.workspaceId, token);
        return { reader: guest ? 'customer' : 'visitor', customerId: guest?.customerId ?? null };
      },
    }),
    statusSection({ status, pages, workspaces }),
    requestPages({
      pages, requests, signer, now: machineNow, publicUrl,
      suggest: async (workspaceId, language, q) => (await knowledge.help.suggest(workspaceId, { q, language, reader: 'visitor', limit: SUGGESTED })).map(({ title, path }) => ({ title, href: path })),
    }),
  ];
}
