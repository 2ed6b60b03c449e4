import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { LONG_POLES } from './long-poles.ts';

/** Workers begin anew when the project changes, so what belongs to one stays together; what only computes comes last. */
const PROJECTS = ['server', 'web', 'core'];

/** The longest files first, so that none is left running alone: journeys, which compute, beside those that wait for what they killed. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    const ranked = usual.map((file) => ({ file, project: PROJECTS.indexOf(file.project.name), seconds: LONG_POLES[relative(file.project.config.root, file.moduleId)] ?? 0 }));
    return ranked.sort((a, b) => a.project - b.project || b.seconds - a.seconds).map(({ file }) => file);
  }
}
