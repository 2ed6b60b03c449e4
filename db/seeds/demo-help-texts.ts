import type { Language } from '../../kernel/languages.ts';

/** Title, one sentence, paragraphs; a line that begins with a dash is an item of a list. */
export type HelpText = readonly [title: string, summary: string, ...body: string[]];

export const HELP_CATEGORIES: readonly Readonly<Record<Language, readonly [name: string, description: string]>>[] = [
  { en: ['Orders and delivery', 'Where it is and when it comes'], bg: ['Поръчки и доставка', 'Къде е и кога пристига'], pl: ['Zamówienia i dostawa', 'Gdzie jest i kiedy dotrze'], ru: ['Заказы и доставка', 'Где он и когда придёт'], ar: ['الطلبات والتوصيل', 'أين هو ومتى يصل'] },
  { en: ['Returns and warranty', 'When something is wrong or not what you wanted'], bg: ['Връщане и гаранция', 'Когато нещо не е наред или не е каквото искахте'], pl: ['Zwroty i gwarancja', 'Gdy coś jest nie tak albo nie pasuje'], ru: ['Возврат и гарантия', 'Если что-то не так или не подошло'], ar: ['الإرجاع والضمان', 'حين يكون هناك خلل أو لا يناسبك المنتج'] },
  { en: ['Paying and invoices', 'Ways to pay, documents, refunds'], bg: ['Плащане и фактури', 'Начини на плащане, документи, суми обратно'], pl: ['Płatności i faktury', 'Sposoby płatności, dokumenty, zwrot pieniędzy'], ru: ['Оплата и счета', 'Способы оплаты, документы, возврат денег'], ar: ['الدفع والفواتير', 'طرق الدفع والمستندات واسترداد المال'] },
];

/** The category of each article, in the order of the texts. */
export const HELP_PLACES: readonly number[] = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2];

export const HELP_TEXTS: Readonly<Record<Language, readonly HelpText[]>> = {
  en: [
    ['When will my order arrive?', 'Two working days inside Bulgaria, three to five abroad.', 'We hand parcels to the courier every working day at four in the afternoon. What you order before two leaves the same day.', '- Bulgaria: one to two working days', '- Poland and Romania: three to four', '- Elsewhere in the European Union: four to five'],
    ['How to follow a parcel', 'The number of the parcel is in the mail that we send when it leaves.', 'Open the link in that mail, or write the number into the page of the courier. It can take a few hours until the first movement is shown.'],
    ['Changing the address of an order', 'Possible until the parcel has left.', 'Write to us with the number of your order and the new address. Once the parcel is with the courier, only the courier can change where it goes.'],
    ['A parcel came damaged', 'Take a photo of the box and of what is inside, and write to us within three days.', 'You need not send anything back before we have answered. We send a new one or give the money back, as you like.'],
    ['How to return something', 'Within 30 days, in the box it came in, free of charge.', 'Ask for a label on the page of your requests, pack the thing with everything that belongs to it, and hand it over at any office of the courier.', 'The money is back within seven days after the parcel has reached us.'],
    ['How long is the warranty?', 'Two years on everything, five on motors.', 'The warranty begins on the day of delivery. Keep the invoice; it is in your account too. Breaks from a fall are not covered.'],
    ['The kettle does not switch on', 'Three things to try before a repair.', '- Seat the kettle firmly on its base and wait a minute.', '- Try another socket.', '- Clean the contacts underneath with a dry cloth.', 'If it still stays dark, write to us: within the warranty we exchange it.'],
    ['Ways to pay', 'Card, bank transfer, cash on delivery.', 'Cards are charged when the parcel leaves. A transfer has to reach us within five days. Cash on delivery is possible in Bulgaria only.'],
    ['Where is my invoice?', 'In the mail about your order, and in your account.', 'For an invoice to a company, write the name and the tax number before you pay. Afterwards we can correct it within the same month.'],
    ['When does my refund come?', 'Up to seven days after the return has reached us.', 'The money goes the way it came. Banks need one to three days more until it is shown.'],
  ],
  bg: [
    ['Кога ще пристигне поръчката ми?', 'До два работни дни в България, три до пет в чужбина.', 'Предаваме пратките на куриера всеки работен ден в четири следобед. Поръчаното до два тръгва същия ден.', '- България: един до два работни дни', '- Полша и Румъния: три до четири', '- Другаде в Европейския съюз: четири до пет'],
    ['Как да проследите пратка', 'Номерът на пратката е в писмото, което изпращаме при тръгването ѝ.', 'Отворете връзката в писмото или въведете номера на страницата на куриера. Първото движение може да се покаже след няколко часа.'],
    ['Промяна на адреса на поръчка', 'Възможна е, докато пратката не е тръгнала.', 'Пишете ни номера на поръчката и новия адрес. Щом пратката е при куриера, само той може да промени накъде отива.'],
    ['Пратката е пристигнала повредена', 'Снимайте кутията и съдържанието и ни пишете до три дни.', 'Не връщайте нищо, преди да сме отговорили. Изпращаме нов продукт или връщаме парите, както предпочитате.'],
    ['Как да върнете продукт', 'До 30 дни, в неговата кутия, безплатно.', 'Поискайте етикет на страницата с Вашите запитвания, опаковайте всичко и го предайте в който и да е офис на куриера.', 'Парите се връщат до седем дни, след като пратката стигне до нас.'],
    ['Колко е гаранцията?', 'Две години за всичко, пет за двигатели.', 'Гаранцията започва в деня на доставката. Пазете фактурата; има я и в профила Ви. Счупване при падане не се покрива.'],
    ['Чайникът не се включва', 'Три неща преди ремонт.', '- Поставете чайника стабилно на основата и изчакайте минута.', '- Опитайте друг контакт.', '- Почистете контактите отдолу със суха кърпа.', 'Ако пак не светва, пишете ни: в гаранция го заменяме.'],
    ['Начини на плащане', 'Карта, банков превод, наложен платеж.', 'Картата се таксува при тръгването на пратката. Преводът трябва да стигне до пет дни. Наложен платеж има само в България.'],
    ['Къде е фактурата ми?', 'В писмото за поръчката и в профила Ви.', 'За фактура на фирма въведете името и данъчния номер преди плащането. След това можем да я поправим в рамките на месеца.'],
    ['Кога ще получа парите си обратно?', 'До седем дни, след като върнатото стигне до нас.', 'Парите се връщат по същия път. На банките са нужни още един до три дни.'],
  ],
  pl: [
    ['Kiedy dotrze moje zamówienie?', 'Dwa dni robocze w Bułgarii, trzy do pięciu za granicą.', 'Paczki oddajemy kurierowi w każdy dzień roboczy o szesnastej. Zamówienia do czternastej wychodzą tego samego dnia.', '- Bułgaria: jeden do dwóch dni roboczych', '- Polska i Rumunia: trzy do czterech', '- Pozostałe kraje Unii: cztery do pięciu'],
    ['Jak śledzić paczkę', 'Numer paczki jest w wiadomości, którą wysyłamy przy nadaniu.', 'Otwórz link z tej wiadomości albo wpisz numer na stronie kuriera. Pierwszy ruch może się pojawić po kilku godzinach.'],
    ['Zmiana adresu zamówienia', 'Możliwa, dopóki paczka nie wyszła.', 'Napisz do nas z numerem zamówienia i nowym adresem. Gdy paczka jest u kuriera, cel może zmienić tylko kurier.'],
    ['Paczka dotarła uszkodzona', 'Zrób zdjęcie pudełka i zawartości i napisz do nas w ciągu trzech dni.', 'Niczego nie odsyłaj przed naszą odpowiedzią. Wyślemy nowy produkt albo oddamy pieniądze, jak wolisz.'],
    ['Jak coś zwrócić', 'W ciągu 30 dni, w oryginalnym pudełku, bezpłatnie.', 'Poproś o etykietę na stronie swoich zgłoszeń, spakuj wszystko i oddaj w dowolnym punkcie kuriera.', 'Pieniądze wracają w ciągu siedmiu dni od dotarcia paczki do nas.'],
    ['Jak długa jest gwarancja?', 'Dwa lata na wszystko, pięć na silniki.', 'Gwarancja zaczyna się w dniu dostawy. Zachowaj fakturę; jest też na Twoim koncie. Upadek nie jest objęty gwarancją.'],
    ['Czajnik się nie włącza', 'Trzy rzeczy do sprawdzenia przed naprawą.', '- Postaw czajnik mocno na podstawie i odczekaj minutę.', '- Spróbuj innego gniazdka.', '- Przetrzyj styki od spodu suchą szmatką.', 'Jeśli nadal nie świeci, napisz do nas: na gwarancji go wymienimy.'],
    ['Sposoby płatności', 'Karta, przelew, płatność przy odbiorze.', 'Kartę obciążamy przy nadaniu paczki. Przelew musi dotrzeć w ciągu pięciu dni. Płatność przy odbiorze jest tylko w Bułgarii.'],
    ['Gdzie jest moja faktura?', 'W wiadomości o zamówieniu i na Twoim koncie.', 'Do faktury na firmę podaj nazwę i numer podatkowy przed zapłatą. Później możemy ją poprawić w tym samym miesiącu.'],
    ['Kiedy dostanę zwrot pieniędzy?', 'Do siedmiu dni od dotarcia zwrotu do nas.', 'Pieniądze wracają tą samą drogą. Banki potrzebują jeszcze jednego do trzech dni.'],
  ],
  ru: [
    ['Когда придёт мой заказ?', 'Два рабочих дня по Болгарии, три–пять за границу.', 'Мы отдаём посылки курьеру каждый рабочий день в четыре часа. Заказанное до двух уходит в тот же день.', '- Болгария: один–два рабочих дня', '- Польша и Румыния: три–четыре', '- Остальной Евросоюз: четыре–пять'],
    ['Как отследить посылку', 'Номер посылки есть в письме, которое мы отправляем вместе с ней.', 'Откройте ссылку из письма или введите номер на странице курьера. Первое движение может появиться через несколько часов.'],
    ['Как изменить адрес заказа', 'Можно, пока посылка не ушла.', 'Напишите нам номер заказа и новый адрес. Когда посылка у курьера, изменить путь может только он.'],
    ['Посылка пришла повреждённой', 'Сфотографируйте коробку и содержимое и напишите нам в течение трёх дней.', 'Ничего не отправляйте назад, пока мы не ответили. Мы пришлём новое или вернём деньги, как вам удобнее.'],
    ['Как вернуть товар', 'В течение 30 дней, в своей коробке, бесплатно.', 'Попросите наклейку на странице ваших обращений, упакуйте всё и сдайте в любом отделении курьера.', 'Деньги возвращаются в течение семи дней после того, как посылка дошла до нас.'],
    ['Какой срок гарантии?', 'Два года на всё, пять на моторы.', 'Гарантия начинается в день доставки. Сохраните счёт; он есть и в вашем профиле. Поломки от падения не покрываются.'],
    ['Чайник не включается', 'Три вещи, которые стоит попробовать до ремонта.', '- Плотно поставьте чайник на подставку и подождите минуту.', '- Попробуйте другую розетку.', '- Протрите контакты снизу сухой тканью.', 'Если он всё ещё не светится, напишите нам: по гарантии мы его обменяем.'],
    ['Способы оплаты', 'Карта, банковский перевод, наличными при получении.', 'Деньги с карты списываются, когда посылка уходит. Перевод должен прийти за пять дней. Наличными можно только в Болгарии.'],
    ['Где мой счёт?', 'В письме о заказе и в вашем профиле.', 'Для счёта на компанию укажите название и налоговый номер до оплаты. Потом мы можем исправить его в том же месяце.'],
    ['Когда вернутся деньги?', 'До семи дней после того, как возврат дошёл до нас.', 'Деньги идут тем же путём. Банкам нужно ещё один–три дня.'],
  ],
  ar: [
    ['متى يصل طلبي؟', 'يومان عمل داخل بلغاريا، وثلاثة إلى خمسة خارجها.', 'نسلّم الطرود لشركة التوصيل كل يوم عمل في الرابعة عصرًا. ما تطلبه قبل الثانية يخرج في اليوم نفسه.', '- بلغاريا: يوم إلى يومي عمل', '- بولندا ورومانيا: ثلاثة إلى أربعة', '- بقية الاتحاد الأوروبي: أربعة إلى خمسة'],
    ['كيف تتابع طردًا', 'رقم الطرد في الرسالة التي نرسلها عند خروجه.', 'افتح الرابط في الرسالة أو اكتب الرقم في صفحة شركة التوصيل. قد تظهر أول حركة بعد بضع ساعات.'],
    ['تغيير عنوان الطلب', 'ممكن ما دام الطرد لم يخرج.', 'راسلنا برقم الطلب والعنوان الجديد. حين يكون الطرد لدى شركة التوصيل فهي وحدها تغيّر وجهته.'],
    ['وصل الطرد تالفًا', 'صوّر العلبة وما بداخلها وراسلنا خلال ثلاثة أيام.', 'لا تُعِد شيئًا قبل أن نجيبك. نرسل بديلًا أو نعيد المال كما تفضّل.'],
    ['كيف تُرجع منتجًا', 'خلال 30 يومًا في علبته ومجانًا.', 'اطلب ملصقًا من صفحة طلباتك، وغلّف المنتج مع كل ما يتبعه، وسلّمه في أي فرع لشركة التوصيل.', 'يعود المال خلال سبعة أيام من وصول الطرد إلينا.'],
    ['كم مدة الضمان؟', 'سنتان لكل شيء وخمس للمحركات.', 'يبدأ الضمان يوم التسليم. احتفظ بالفاتورة؛ وهي في حسابك أيضًا. لا يشمل الضمان الكسر بسبب السقوط.'],
    ['الغلاية لا تعمل', 'ثلاثة أمور جرّبها قبل الإصلاح.', '- ثبّت الغلاية على قاعدتها وانتظر دقيقة.', '- جرّب مقبسًا آخر.', '- امسح نقاط التماس في أسفلها بقطعة قماش جافة.', 'إن بقيت لا تضيء فراسلنا: نستبدلها ضمن الضمان.'],
    ['طرق الدفع', 'بطاقة أو تحويل مصرفي أو نقدًا عند التسليم.', 'يُخصم المبلغ من البطاقة عند خروج الطرد. يجب أن يصل التحويل خلال خمسة أيام. الدفع نقدًا في بلغاريا فقط.'],
    ['أين فاتورتي؟', 'في رسالة الطلب وفي حسابك.', 'لفاتورة باسم شركة اكتب الاسم والرقم الضريبي قبل الدفع. بعد ذلك يمكننا تصحيحها خلال الشهر نفسه.'],
    ['متى أسترد مالي؟', 'خلال سبعة أيام من وصول المرتجع إلينا.', 'يعود المال بالطريق نفسه. تحتاج المصارف إلى يوم حتى ثلاثة أيام أخرى.'],
  ],
};
