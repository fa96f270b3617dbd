export { CardsLoading as default } from '~/components/loading';
