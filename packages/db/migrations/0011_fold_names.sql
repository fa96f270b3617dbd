-- Names that were there before search was: folded as `foldName` of the rules folds them, first name first and last name first.
CREATE FUNCTION pg_temp.fold_words(name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  folded text := normalize(name, NFC);
  step text[];
BEGIN
  -- no lower() yet: under the C locale it would leave Cyrillic as it is
  FOREACH step SLICE 1 IN ARRAY ARRAY[['ѓ', 'gj'], ['Ѓ', 'gj'], ['ђ', 'gj'], ['Ђ', 'gj'], ['ѕ', 'dz'], ['Ѕ', 'dz'], ['њ', 'nj'], ['Њ', 'nj'],
    ['џ', 'dz'], ['Џ', 'dz'], ['ю', 'ju'], ['Ю', 'ju'], ['я', 'ja'], ['Я', 'ja'], ['Đ', 'gj'], ['đ', 'gj'], ['ł', 'l'], ['Ł', 'l'], ['ß', 's']] LOOP
    folded := replace(folded, step[1], step[2]);
  END LOOP;
  folded := translate(folded, 'абвгдеѐжзиѝјйклљмнопрстќћуфхцчшщыэ', 'abvgdeezziijjkllmnoprstccufhccssie');
  folded := translate(folded, 'АБВГДЕЀЖЗИЍЈЙКЛЉМНОПРСТЌЋУФХЦЧШЩЫЭ', 'abvgdeezziijjkllmnoprstccufhccssie');
  folded := lower(regexp_replace(normalize(folded, NFKD), '[\u0300-\u036f]', '', 'g'));
  FOREACH step SLICE 1 IN ARRAY ARRAY[['dj', 'gj'], ['dzh|xh|x', 'dz'], ['kj|q|ch', 'c'], ['sh', 's'], ['zh', 'z'], ['dh', 'd'], ['th', 't'],
    ['lj', 'l'], ['w', 'v'], ['y', 'i'], ['([a-z])\1+', '\1'], ['[''’ʼ`´]', ''], ['[^[:alnum:]]+', ' ']] LOOP
    folded := regexp_replace(folded, step[1], step[2], 'g');
  END LOOP;
  RETURN coalesce((
    SELECT string_agg(word, ' ' ORDER BY place)
    FROM (SELECT word, min(n) AS place FROM unnest(string_to_array(btrim(folded), ' ')) WITH ORDINALITY AS w (word, n) WHERE word <> '' GROUP BY word) AS words), '');
END
$$;
--> statement-breakpoint
DO $$
DECLARE
  country record;
BEGIN
  -- the policies bind this login too: it works as one tenant after the other
  SET LOCAL row_security = on;
  FOR country IN SELECT id FROM tenants LOOP
    PERFORM set_config('app.current_tenant_id', country.id, true), set_config('app.current_branch_id', '*', true);
    UPDATE "user" SET
      name_tokens = btrim(pg_temp.fold_words(first_name) || ' ' || pg_temp.fold_words(last_name)),
      surname_tokens = btrim(pg_temp.fold_words(last_name) || ' ' || pg_temp.fold_words(first_name))
    WHERE tenant_id = country.id AND (name_tokens = '' OR surname_tokens = '');
  END LOOP;
END
$$;
