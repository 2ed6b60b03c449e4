import type { Speech } from './speech.ts';

export const english: Speech = {
  promises: [
    'i[\'’]ll', 'we[\'’]ll', '(?:i|we) (?:will|shall|promise|am going to|are going to)', 'you(?:[\'’]ll| will) (?:have|get|receive|hear)',
    '(?:will|is going to) be (?:refunded|sent|shipped|delivered|replaced|returned|credited|transferred|repaired|with you|ready)', 'refund(?:ed)?(?: \\S+){0,5} (?:by|within|on|before)',
  ],
  refusals: ['won[\'’]t', 'will not', 'cannot', 'can[\'’]t', 'not be able'],
  kinds: [
    ['callback', '(?:call|ring|phone)(?: (?:you|back))?'], ['refund', '(?:refund(?:ed)?|money back|reimburse|credit(?:ed)?)'],
    ['information', '(?:let you know|tell you|inform|update you|get back to you|answer|write to you|send you (?:the )?(?:details|information|invoice))'],
    ['follow_up', '(?:check|look into|ask|find out|investigate)'],
  ],
  days: [[0, '(?:today|tonight|this (?:morning|afternoon|evening)|(?:the )?end of (?:the )?(?:day|business)|eod)'], [2, '(?:the )?day after tomorrow'], [1, 'tomorrow']],
  weekdays: ['mon(?:day)?', 'tue(?:s|sday)?', 'wed(?:nesday)?', 'thu(?:rs|rsday)?', 'fri(?:day)?', 'sat(?:urday)?', 'sunday'],
  next: 'next ',
  months: ['jan(?:uary)?', 'feb(?:ruary)?', 'mar(?:ch)?', 'apr(?:il)?', 'may', 'june?', 'july?', 'aug(?:ust)?', 'sept?(?:ember)?', 'oct(?:ober)?', 'nov(?:ember)?', 'dec(?:ember)?'],
  dayOfMonth: ['the #(?:st|nd|rd|th)', '#(?:st|nd|rd|th)'],
  within: [['hour', '(?:in|within)(?: the next)? # hours?'], ['workday', '(?:in|within)(?: the next)? # (?:working|business) days?'], ['day', '(?:in|within)(?: the next)? # days?'], ['week', '(?:in|within)(?: the next)? # weeks?']],
  numbers: { a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10, eleven: 11, twelve: 12 },
  endOfWeek: '(?:the )?end of (?:the|this) week',
  hours: ['(?:by|at|before|until) #(?: o[\'’]clock)?'],
  morning: ' ?(?:am|a\\.m\\.?)', afternoon: ' ?(?:pm|p\\.m\\.?)', noon: '(?:noon|midday)',
};
