import type { Story } from './demo-story.ts';

export const POLISH: readonly Story[] = [
  {
    kind: 'claim', team: 'repairs', tags: ['czajnik', 'gwarancja'], subjects: ['Czajnik przestał grzać', 'Reklamacja czajnika Lumen'],
    turns: [
      'Dzień dobry,\n\nczajnik Lumen 1.7 z zamówienia {order} dziś rano przestał działać. Lampka zapala się na sekundę i gaśnie, woda zostaje zimna. {Odkamieniłem|Odkamieniłam} go zgodnie z instrukcją, bez zmian.\n\nCzy da się go naprawić, czy dostanę nowy?\n\nPozdrawiam\n{first}',
      'Dzień dobry,\n\nbardzo mi przykro z powodu czajnika. Z opisu wynika, że zepsuł się termostat, a to obejmuje gwarancja. Nowy wysyłamy jutro; proszę zachować stary, kurier zabierze go przy doręczeniu.\n\nCzy pasuje czwartek między 10 a 14?\n\nPozdrawiam\n{agent}',
      'Czwartek pasuje, przez całe przedpołudnie ktoś jest w domu. Dziękuję za szybką reakcję.',
      'Świetnie, zapisane na czwartek. Godzinę wcześniej kurier wyśle SMS.\n\n{agent}',
    ],
    note: 'Trzeci termostat w Lumen 1.7 w tym miesiącu, wszystkie z lutowej partii. Trzeba dać znać zakupom.',
  },
  {
    kind: 'question', team: 'orders', tags: ['dostawa'], subjects: ['Gdzie jest moja paczka?', 'Zamówienie {order} jeszcze nie dotarło'],
    turns: [
      'Dzień dobry,\n\nzamówienie {order} miało przyjść {date}. Na stronie kuriera od czterech dni widnieje „w drodze” i nic się nie zmienia. Czy mogą Państwo sprawdzić, gdzie jest? To prezent urodzinowy.\n\nDziękuję\n{first}',
      'Dzień dobry,\n\n{sprawdziłem|sprawdziłam} u kuriera: w poniedziałek paczka trafiła do niewłaściwego samochodu, teraz jest już w oddziale w Państwa mieście. Dotrze jutro przed południem. Zwracamy koszt dostawy, bo czekanie trwało za długo.\n\n{agent}',
      'Przyszła dzisiaj, w samą porę. Wszystko w porządku!',
    ],
  },
  {
    kind: 'information_request', team: 'billing', tags: ['faktura'], subjects: ['Faktura do zamówienia {order}', 'Proszę o fakturę na firmę'],
    turns: [
      'Dzień dobry,\n\nproszę o wystawienie faktury do zamówienia {order} na Pracownia Brzeg sp. z o.o., NIP 5842713906. {Zapomniałem|Zapomniałam} zaznaczyć to przy zamówieniu.\n\nPozdrawiam\n{first}',
      'Dzień dobry,\n\noczywiście. Faktura na {amount} jest już na koncie, w zakładce „Dokumenty”. Wersję papierową wyślemy na adres z zamówienia.\n\nPozdrawiam\n{agent}',
      'Jest, dziękuję.',
    ],
  },
  {
    kind: 'service_request', team: 'orders', tags: ['wymiana', 'kapcie'], subjects: ['Kapcie za małe, czy można wymienić?', 'Wymiana na większy rozmiar'],
    turns: [
      'Dzień dobry, kapcie są śliczne, ale rozmiar 39 to raczej 38. Czy można wymienić je na 40? Były założone dwa razy, tylko na dywanie.\n\n{first}, zamówienie {order}',
      'Dzień dobry,\n\njasne. {Odłożyłem|Odłożyłam} parę w rozmiarze 40. Etykieta zwrotna przyjdzie mailem; gdy tylko kurier zeskanuje paczkę, wyślemy nowe.\n\nCo do rozmiaru, to słuszna uwaga, dopiszemy ją na stronie.\n\n{agent}',
      'Nadane dziś po południu w punkcie na rogu. Czy mam zrobić coś jeszcze?',
      'Nie, to wszystko. Nowa para właśnie wyjechała i powinna być w piątek.',
    ],
  },
  {
    kind: 'praise', team: 'orders', priority: 'low', tags: ['pochwała'], subjects: ['Dziękuję!', 'Dobre słowo o koledze z infolinii'],
    turns: [
      'Chcę tylko powiedzieć, że pan, który wczoraj odebrał telefon, był wspaniały. Moja mama ma 84 lata i gorzej słyszy; trzy razy tłumaczył jej, jak ustawić minutnik, i ani razu nie stracił cierpliwości. Rzadko się to spotyka.\n\n{first}',
      'Dzień dobry,\n\nzrobiło nam się bardzo miło. {Przeczytałem|Przeczytałam} tę wiadomość całemu zespołowi, a Georgi trochę się zaczerwienił. Pozdrowienia dla mamy!\n\n{agent}',
    ],
  },
  {
    kind: 'complaint', team: 'orders', priority: 'high', tags: ['kurier', 'skarga'], subjects: ['Kurier zostawił paczkę na deszczu', 'Skarga na doręczenie'],
    turns: [
      'Kurier przerzucił paczkę przez furtkę i odjechał. Padało całe popołudnie. Karton z kołdrą (zamówienie {order}) jest przemoczony, zawartość w połowie też. {Byłem|Byłam} w domu i nikt nie zadzwonił.\n\nOczekuję nowego kompletu i nie zamierzam płacić za odesłanie tego.\n\n{first}',
      'Dzień dobry,\n\nto nie powinno było się zdarzyć, przepraszam. Dziś wysyłamy nowy komplet innym kurierem, który zadzwoni i wręczy go do rąk. Niczego nie trzeba odsyłać. {Przekazałem|Przekazałam} wiadomość kierowniczce oddziału i dam znać, co odpowie.\n\n{agent}',
      'Dziękuję za szybką odpowiedź. Chętnie się dowiem, co powie oddział.',
    ],
    note: 'Zdjęcia są w portalu kuriera. Kierowca był na zastępstwie; pisemna odpowiedź ma być do piątku.',
  },
  {
    kind: 'service_request', team: 'orders', tags: ['anulowanie'], subjects: ['Proszę anulować zamówienie {order}', 'Zamówienie złożone dwa razy przez pomyłkę'],
    turns: [
      'Dzień dobry, {kliknąłem|kliknęłam} dwa razy i mam teraz dwa zamówienia na ten sam toster. Proszę anulować {order}, drugie zostaje. Mam nadzieję, że jeszcze nie spakowane.\n\n{first}',
      'Dzień dobry,\n\nudało się w ostatniej chwili: {order} jest anulowane, drugie wyjeżdża dzisiaj. Kwota {amount} wróci na kartę w ciągu dwóch do czterech dni roboczych.\n\n{agent}',
    ],
  },
  {
    kind: 'question', team: 'billing', tags: ['kod rabatowy'], subjects: ['Kod rabatowy nie działa', 'WELCOME10 jest odrzucany'],
    turns: [
      'Dzień dobry,\n\npo zapisie do newslettera przyszedł kod WELCOME10, ale w koszyku pojawia się „nie dotyczy tego koszyka”. Mam w nim młynek do kawy i dwa opakowania filtrów. Co robię źle?\n\n{first}',
      'Dzień dobry,\n\nnic. Młynek jest już w promocji, a kod nie łączy się z promocjami; komunikat mógłby to mówić. {Przygotowałem|Przygotowałam} kod na filtry i dostawę: FILTER5, działa do niedzieli.\n\n{agent}',
      'Zadziałało. Dziękuję za szybką pomoc!',
    ],
  },
  {
    kind: 'claim', team: 'repairs', tags: ['pomyłka'], subjects: ['Przyszedł niewłaściwy kolor', 'Szara lampka zamiast zielonej'],
    turns: [
      'Dzień dobry,\n\n{zamówiłem|zamówiłam} lampkę biurkową w kolorze zielonym (zamówienie {order}), a przyszła szara. Na dokumencie jest zielona, więc ktoś chyba wziął sąsiednie pudełko. Proszę o zieloną.\n\n{first}',
      'Dzień dobry,\n\ndokładnie tak, pudełka stoją obok siebie. Zielona lampka wyjeżdża dzisiaj. Czy szarą odesłać na nasz koszt, czy zostawić za pół ceny?\n\n{agent}',
      'Pół ceny brzmi dobrze, dam ją córce.',
      'Gotowe: policzyliśmy połowę, faktura jest na koncie. Pozdrowienia dla córki!\n\n{agent}',
    ],
  },
  {
    kind: 'suggestion', team: 'orders', priority: 'low', tags: ['strona'], subjects: ['Pomysł dla sklepu', 'Pokazujcie części zamienne przy produkcie'],
    turns: [
      'Szanowni Państwo,\n\nczy na stronie produktu mogłyby być widoczne części zamienne? Przez godzinę {szukałem|szukałam} pokrywki do patelni Lumen i przypadkiem {znalazłem|znalazłam} ją w „Akcesoria, inne”. Zakup byłby od razu.\n\n{first}',
      'Dzień dobry,\n\nto dobry pomysł i nie pierwszy raz słyszymy o pokrywce. {Przekazałem|Przekazałam} go zespołowi strony; zaczną od patelni i czajników. Napiszę, gdy będzie gotowe.\n\n{agent}',
    ],
  },
];
