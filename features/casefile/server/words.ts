import { createWords } from '../../../platform/pages/words.ts';
import ar from './messages/ar.json' with { type: 'json' };
import bg from './messages/bg.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import pl from './messages/pl.json' with { type: 'json' };
import ru from './messages/ru.json' with { type: 'json' };

export const caseWords = createWords({ en, bg, pl, ru, ar });
export type SayCase = ReturnType<typeof caseWords>;
