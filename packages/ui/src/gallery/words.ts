import type { UiWords } from '../context/word-keys';

/** The built-in words in Macedonian and Albanian, for the gallery only; apps bring their own from their messages. */
export const sampleWords: Readonly<Record<'mk' | 'sq', UiWords>> = {
  mk: {
    close: 'Затвори', cancel: 'Откажи', loading: 'Се вчитува', search: 'Пребарај', clear: 'Избриши', optional: 'не е задолжително',
    noResults: 'Нема резултати', retry: 'Обиди се повторно', choose: 'Избери', showPassword: 'Прикажи лозинка', hidePassword: 'Скриј лозинка',
    openCalendar: 'Отвори календар', takePhoto: 'Фотографирај', chooseFiles: 'Избери датотеки', dropFiles: 'или пуштете ги тука',
    removeFile: 'Отстрани', fileDone: 'Прикачено', fileUploading: 'Се прикачува', fileFailed: 'Не успеа прикачувањето',
    errorSummary: 'Проверете го следново', stepOf: 'Чекор {n} од {m}', stepDone: 'завршено', stepCurrent: 'тековно', stepAhead: 'претстои',
    typeToConfirm: 'За потврда напишете: {word}', moreActions: 'Повеќе дејства', previousPage: 'Претходна', nextPage: 'Следна',
    selectAll: 'Избери ги сите на страницата', selectRow: 'Избери: {name}', selected: 'Избрани: {n}', clearSelection: 'Откажи избор', openRow: 'Отвори: {name}',
    filters: 'Филтри', sortBy: 'Подреди по', ascending: 'растечки', descending: 'опаѓачки', up: 'раст', down: 'пад', same: 'без промена',
    showAsTable: 'Прикажи како табела', showAsChart: 'Прикажи како графикон', skipToContent: 'Кон содржината', mainNavigation: 'Главна навигација',
    openNavigation: 'Отвори навигација', collapseNavigation: 'Собери навигација', expandNavigation: 'Прошири навигација', userMenu: 'Мојата сметка',
    language: 'Јазик', commandTitle: 'Команди и пребарување', notifications: 'Известувања',
  },
  sq: {
    close: 'Mbyll', cancel: 'Anulo', loading: 'Po ngarkohet', search: 'Kërko', clear: 'Fshij', optional: 'jo e detyrueshme',
    noResults: 'Nuk ka rezultate', retry: 'Provo përsëri', choose: 'Zgjidh', showPassword: 'Shfaq fjalëkalimin', hidePassword: 'Fshih fjalëkalimin',
    openCalendar: 'Hap kalendarin', takePhoto: 'Fotografo', chooseFiles: 'Zgjidh skedarë', dropFiles: 'ose lëshojini këtu',
    removeFile: 'Hiq', fileDone: 'U ngarkua', fileUploading: 'Po ngarkohet', fileFailed: 'Ngarkimi nuk u krye',
    errorSummary: 'Kontrolloni sa vijon', stepOf: 'Hapi {n} nga {m}', stepDone: 'i kryer', stepCurrent: 'aktual', stepAhead: 'në vijim',
    typeToConfirm: 'Për të konfirmuar shkruani: {word}', moreActions: 'Më shumë veprime', previousPage: 'E mëparshme', nextPage: 'Tjetra',
    selectAll: 'Zgjidh të gjitha në faqe', selectRow: 'Zgjidh: {name}', selected: 'Të zgjedhura: {n}', clearSelection: 'Hiq zgjedhjen', openRow: 'Hap: {name}',
    filters: 'Filtra', sortBy: 'Rendit sipas', ascending: 'rritës', descending: 'zbritës', up: 'rritje', down: 'rënie', same: 'pa ndryshim',
    showAsTable: 'Shfaq si tabelë', showAsChart: 'Shfaq si grafik', skipToContent: 'Te përmbajtja', mainNavigation: 'Navigimi kryesor',
    openNavigation: 'Hap navigimin', collapseNavigation: 'Mblidh navigimin', expandNavigation: 'Zgjero navigimin', userMenu: 'Llogaria ime',
    language: 'Gjuha', commandTitle: 'Komanda dhe kërkim', notifications: 'Njoftime',
  },
};
