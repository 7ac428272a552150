/* Stop words: the lists are searched by halves, so each has to be in order. */
#include <string.h>

#include "harness.h"
#include "text/stopwords.h"

static const struct {
	const char *language, *word;
	bool is;
} cases[] = {
	{ "english", "a", true },       { "english", "you've", true },
	{ "english", "the", true },     { "english", "of", true },
	{ "english", "what", true },    { "english", "which", true },
	{ "english", "th", false },     { "english", "thee", false },
	{ "english", "model", false },  { "english", "", false },
	{ "german", "aber", true },     { "german", "zwischen", true },
	{ "german", "dass", true },     { "german", "the", false },
	{ "french", "a", true },        { "french", "y", true },
	{ "french", "d'une", true },    { "spanish", "a", true },
	{ "spanish", "tambien", true }, { "spanish", "yo", true },
	{ "none", "the", false },       { "finnish", "ja", false },
};

static void function_words_of_a_language_are_stop_words(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (stopword_is(cases[i].language, cases[i].word,
				strlen(cases[i].word)) != cases[i].is)
			fail_msg("%s: \"%s\" is %sa stop word", cases[i].language,
				 cases[i].word, cases[i].is ? "not " : "");
}

static void only_the_given_bytes_count(void **state)
{
	(void)state;
	assert_true(stopword_is("english", "theory", 3));
	assert_false(stopword_is("english", "the", 2));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(function_words_of_a_language_are_stop_words),
		cmocka_unit_test(only_the_given_bytes_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
