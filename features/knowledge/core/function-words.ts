/** Words that a question is held together with, and that say nothing about what is looked for. Folded and lower case, as the index has them. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set((
  // English
  'a an the i you he she it we they me my your our their his her its this that these those is am are was were be been do does did have has had can could will would shall should may might must ' +
  'to of in on at by for from with about as into and or but if so not no yes how what when where which who why please need want get there here any some ' +
  // Bulgarian and Russian
  'аз ти той тя то ние вие те ми ме ни ви му им си се съм си е сме сте са бъде беше да не и или но ако как какво кога къде кой коя кое кои защо за от на в във с със по до при като този тази това тези ' +
  'моля искам мога може трябва имам има ли ще бих какъв каква моята моя моето моите вашия ' +
  'я он она оно мы вы они мне меня мой моя мое мои ваш ваша ваше мы нас вам вас это этот эта эти что чтобы как когда где куда кто какой какая какие почему для от на в во с со по до при у к ко о об из не ни и или но если бы ' +
  'же ли был была было были быть есть можно могу может нужно надо хочу пожалуйста ' +
  // Polish
  'ja ty on ona ono my wy oni mnie mi moj moja moje moi wasz wasza nasz to ten ta te tego tej co czy jak kiedy gdzie kto ktory ktora ktore dlaczego dla od na w we z ze po do przy u o i oraz lub albo ale jesli nie sie jest sa byl byla bylo ' +
  'byc moge moze mozna trzeba chce prosze mam ma ' +
  // Arabic
  'في من الي على علي عن مع هل ما ماذا متى متي اين كيف لماذا كم اي انا انت نحن هو هي هم هذا هذه ذلك تلك التي الذي لا لم لن ان اذا او و ثم قد كان كانت يمكن يمكنني اريد ارجو من فضلك لدي لي'
).split(' '));
