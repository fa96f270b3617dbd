/**
 * The few words that live inside components. They come from the app's messages: this package knows no language.
 * Gaps are written `{n}`, `{m}`, `{word}`, `{name}`; sentences are built so that no plural is needed ("Избрани: {n}").
 */
export const uiWordKeys = [
  'close', 'cancel', 'loading', 'search', 'clear', 'optional', 'noResults', 'retry', 'choose',
  'showPassword', 'hidePassword', 'openCalendar',
  'takePhoto', 'chooseFiles', 'dropFiles', 'removeFile', 'fileDone', 'fileUploading', 'fileFailed',
  'errorSummary', 'stepOf', 'stepDone', 'stepCurrent', 'stepAhead', 'typeToConfirm',
  'moreActions', 'previousPage', 'nextPage', 'selectAll', 'selectRow', 'selected', 'clearSelection', 'openRow', 'filters', 'sortBy', 'ascending', 'descending',
  'up', 'down', 'same', 'showAsTable', 'showAsChart',
  'skipToContent', 'mainNavigation', 'openNavigation', 'collapseNavigation', 'expandNavigation', 'userMenu', 'language',
  'commandTitle', 'notifications',
] as const;

/** A key of the built-in words. */
export type UiWordKey = (typeof uiWordKeys)[number];
/** All built-in words, each in the person's language. */
export type UiWords = Readonly<Record<UiWordKey, string>>;
