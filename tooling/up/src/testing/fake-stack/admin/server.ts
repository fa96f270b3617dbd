import { adminPort } from '../env';
import { serve } from '../serve';

serve(adminPort);
