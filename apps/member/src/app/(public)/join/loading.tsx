export { PublicLoading as default } from '~/components/loading';
