/**
 * The design system: components, shells and helpers. Knows no noun, no tRPC, no Next and no language.
 *
 * To use it in an app:
 * - CSS: `@import '@interdomestik/ui/theme.css'` (brings Tailwind; colours are the tokens only).
 * - `<html lang data-portal="member|staff" data-theme? style={accentStyle(tenant.accent)}>`.
 * - Once near the root, in a client component: `<UiWordsProvider words>` (keys: `uiWordKeys`), `<LinkProvider component={Link}>`, `<Toaster/>`.
 *
 * | for | use |
 * |---|---|
 * | doing and going | Button, IconButton, ButtonLink, TextLink, Menu |
 * | asking | Field around Input, Textarea, Select, NativeSelect, Combobox, RadioCards (`group`), DateInput, MoneyInput, PhoneInput, PasswordInput, FileDrop; Checkbox and Switch carry their own label; FormSummary and Steps above |
 * | telling | Notice, Banner, EmptyState, ErrorState, Skeleton*, toast, toastUndo |
 * | above the page | Dialog, SidePanel, ConfirmTyped, Popover, Tooltip, CommandPalette |
 * | showing | PageHead, Section, Card, Status, Badge, Stat + StatRow, KeyValue, SumList, PriceStory, Timeline, Prose, TextDiff, Money, DateText, Avatar, Flag, MemberCard, PlanCard, Tabs, TabLinks, DataTable, LineChart, BarChart |
 * | around it all | MemberShell, StaffShell, PublicShell + PageColumn, AuthShell, PlainPage, LanguageSwitch, UserMenu, CommandTrigger |
 *
 * Pieces that take functions (DataTable, charts, `onX`) are used from client components.
 */
export { UiWordsProvider, useWords } from './context/words';
export { uiWordKeys } from './context/word-keys';
export type { UiWordKey, UiWords } from './context/word-keys';
export { LinkProvider, UiLink } from './context/link';
export { accentPair, accentStyle, HOUSE_ACCENT } from './theme/accent';
export { clampContrast, contrastRatio, parseHex, toHex } from './theme/contrast';
export { cn } from './lib/cn';
export { fill } from './lib/fill';
export { initials } from './lib/initials';
export { formatDateText, parseDateText } from './lib/dates';
export { useMedia } from './lib/use-media';

export { buttonClass } from './actions/button-style';
export type { ButtonSize, ButtonVariant } from './actions/button-style';
export { Button, ButtonLink, IconButton } from './actions/button';
export type { ButtonLinkProps, ButtonProps, IconButtonProps } from './actions/button';
export { TextLink } from './actions/text-link';
export type { TextLinkProps } from './actions/text-link';

export { Field } from './forms/field';
export type { FieldProps } from './forms/field';
export { Input, SearchInput, Textarea } from './forms/input';
export type { InputProps, SearchInputProps, TextareaProps } from './forms/input';
export { NativeSelect, Select } from './forms/select';
export type { NativeSelectProps, Option, SelectProps } from './forms/select';
export { Combobox } from './forms/combobox';
export type { ComboboxProps } from './forms/combobox';
export { Checkbox, RadioCards, Switch } from './forms/choices';
export type { CheckboxProps, RadioCardOption, RadioCardsProps, SwitchProps } from './forms/choices';
export { MoneyInput, PhoneInput, TypedInput } from './forms/typed-input';
export type { MoneyInputProps, PhoneInputProps, TypedInputProps } from './forms/typed-input';
export { DateInput } from './forms/date-input';
export type { DateInputProps } from './forms/date-input';
export { PasswordInput } from './forms/password-input';
export type { PasswordInputProps } from './forms/password-input';
export { FileDrop } from './forms/file-drop';
export type { DropFile, FileDropProps } from './forms/file-drop';
export { FormSummary } from './forms/form-summary';
export type { FormProblem, FormSummaryProps } from './forms/form-summary';
export { Steps } from './forms/steps';
export type { Step, StepsProps } from './forms/steps';

export { Banner, Notice } from './feedback/notice';
export type { BannerProps, NoticeProps, Tone } from './feedback/notice';
export { EmptyState, ErrorState } from './feedback/states';
export type { EmptyStateProps, ErrorStateProps } from './feedback/states';
export { Skeleton, SkeletonCard, SkeletonStats, SkeletonText } from './feedback/skeleton';
export { Toaster, toast, toastUndo } from './feedback/toaster';

export { ConfirmTyped, Dialog, SidePanel } from './overlays/dialog';
export type { ConfirmTypedProps, DialogProps, SidePanelProps } from './overlays/dialog';
export { Menu } from './overlays/menu';
export type { MenuItem, MenuProps } from './overlays/menu';
export { TabLinks, Tabs } from './overlays/tabs';
export type { TabItem, TabLink, TabsProps } from './overlays/tabs';
export { Popover } from './overlays/popover';
export type { PopoverProps } from './overlays/popover';
export { Tooltip } from './overlays/tooltip';
export type { TooltipProps } from './overlays/tooltip';
export { CommandPalette, CommandTrigger } from './overlays/command-palette';
export type { CommandGroup, CommandItem, CommandPaletteProps } from './overlays/command-palette';

export { Card, PageHead, Section } from './display/card';
export type { CardProps, PageHeadProps, SectionProps } from './display/card';
export { Badge, Status } from './display/status';
export type { StatusProps, StatusShape, StatusTone } from './display/status';
export { Stat, StatRow } from './display/stat';
export type { StatProps } from './display/stat';
export { Avatar, DateText, KeyValue, Money } from './display/values';
export type { KeyValueItem, MoneyProps } from './display/values';
export { Prose } from './display/prose';
export { TextDiff } from './display/text-diff';
export type { TextDiffProps } from './display/text-diff';
export { SumList } from './display/sum-list';
export { PriceStory } from './display/price-story';
export type { SumLine } from './display/sum-list';
export { Timeline } from './display/timeline';
export type { TimelineItem } from './display/timeline';
export { PlanCard } from './display/plan-card';
export type { PlanCardProps } from './display/plan-card';
export { MemberCard } from './display/member-card';
export type { MemberCardProps } from './display/member-card';
export { Flag } from './display/flag';

export { DataTable } from './table/data-table';
export type { DataTableProps } from './table/data-table';
export { nextSort, stepRow, toggled, toggledAll } from './table/types';
export type { DataColumn, Sort } from './table/types';
export { BarChart, LineChart } from './charts';
export type { ChartPoint, ChartProps, ChartSeries } from './charts';

export { MemberShell } from './shells/member-shell';
export type { MemberShellProps } from './shells/member-shell';
export { StaffShell } from './shells/staff-shell';
export type { StaffShellProps } from './shells/staff-shell';
export { AuthShell, PageColumn, PlainPage, PublicShell } from './shells/public-shell';
export type { AuthShellProps, PublicShellProps } from './shells/public-shell';
export { LanguageSwitch, UserMenu } from './shells/parts';
export type { LanguageChoice, LanguageSwitchProps, UserMenuProps } from './shells/parts';
export { currentHref } from './shells/types';
export type { NavGroup, NavItem, TenantMark } from './shells/types';
