/*
 * Words that say how a sentence hangs together and not what it is about.  Knows
 * languages by the names that libstemmer has for them.
 */
#include "text/stopwords.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* clang-format off */

/* Folded, and in the order of their bytes; ours, of the closed classes of words. */
static const char *const english[] = {
	"a", "about", "above", "after", "again", "against", "all", "also", "am", "an",
	"and", "any", "are", "aren't", "as", "at", "be", "because", "been", "before",
	"being", "below", "between", "both", "but", "by", "can", "can't", "cannot",
	"could", "couldn't", "did", "didn't", "do", "does", "doesn't", "doing",
	"don't", "down", "during", "each", "either", "else", "ever", "every", "few",
	"for", "from", "further", "had", "hadn't", "has", "hasn't", "have", "haven't",
	"having", "he", "her", "here", "hers", "herself", "him", "himself", "his",
	"how", "however", "i", "i'd", "i'll", "i'm", "i've", "if", "in", "into", "is",
	"isn't", "it", "it's", "its", "itself", "just", "like", "may", "me", "might",
	"more", "most", "must", "my", "myself", "neither", "no", "nor", "not", "of",
	"off", "on", "once", "only", "or", "other", "others", "our", "ours",
	"ourselves", "out", "over", "own", "per", "rather", "same", "shall", "she",
	"should", "shouldn't", "since", "so", "some", "such", "than", "that", "that's",
	"the", "their", "theirs", "them", "themselves", "then", "there", "there's",
	"these", "they", "they're", "this", "those", "through", "thus", "to", "too",
	"toward", "towards", "under", "until", "up", "upon", "us", "very", "via",
	"was", "wasn't", "we", "we're", "we've", "were", "weren't", "what", "what's",
	"when", "where", "whereas", "whether", "which", "while", "who", "who's",
	"whom", "whose", "why", "will", "with", "within", "without", "won't", "would",
	"wouldn't", "yes", "yet", "you", "you're", "you've", "your", "yours",
	"yourself", "yourselves",
};

static const char *const german[] = {
	"aber", "alle", "allem", "allen", "aller", "alles", "als", "also", "am", "an",
	"ander", "andere", "anderem", "anderen", "anderer", "anderes", "auch", "auf",
	"aus", "bei", "beim", "bin", "bis", "bist", "da", "damit", "dann", "das",
	"dass", "dein", "deine", "dem", "den", "denn", "der", "des", "dessen", "dich",
	"die", "dies", "diese", "diesem", "diesen", "dieser", "dieses", "dir", "doch",
	"dort", "du", "durch", "ein", "eine", "einem", "einen", "einer", "eines", "er",
	"es", "etwas", "euch", "euer", "fur", "gegen", "hab", "habe", "haben", "hat",
	"hatte", "hatten", "hier", "hin", "hinter", "ich", "ihm", "ihn", "ihnen",
	"ihr", "ihre", "ihrem", "ihren", "ihrer", "im", "in", "indem", "ins", "ist",
	"ja", "jede", "jedem", "jeden", "jeder", "jedes", "jene", "kann", "kein",
	"keine", "keinem", "keinen", "keiner", "konnen", "konnte", "man", "mein",
	"meine", "mich", "mir", "mit", "muss", "musste", "nach", "nicht", "nichts",
	"noch", "nun", "nur", "ob", "oder", "ohne", "sehr", "sein", "seine", "seinem",
	"seinen", "seiner", "selbst", "sich", "sie", "sind", "so", "solche", "soll",
	"sollte", "sondern", "sonst", "uber", "um", "und", "uns", "unser", "unter",
	"viel", "vom", "von", "vor", "wahrend", "war", "waren", "warum", "was", "weil",
	"welche", "welchem", "welchen", "welcher", "welches", "wenn", "wer", "werde",
	"werden", "wie", "wieder", "will", "wir", "wird", "wirst", "wo", "wollen",
	"wurde", "wurden", "zu", "zum", "zur", "zwar", "zwischen",
};

static const char *const french[] = {
	"a", "ai", "ainsi", "alors", "apres", "as", "au", "aucun", "aussi", "autre",
	"autres", "aux", "avait", "avant", "avec", "avez", "avoir", "avons", "c'est",
	"car", "ce", "ceci", "cela", "celle", "celles", "celui", "ces", "cet", "cette",
	"ceux", "chaque", "chez", "ci", "comme", "comment", "d'un", "d'une", "dans",
	"de", "depuis", "des", "dont", "du", "elle", "elles", "en", "encore", "entre",
	"est", "et", "etaient", "etait", "ete", "etre", "eu", "eux", "fait", "il",
	"ils", "je", "jusque", "l'on", "la", "le", "les", "leur", "leurs", "lors",
	"lui", "ma", "mais", "me", "meme", "memes", "mes", "moi", "moins", "mon",
	"n'est", "ne", "ni", "nos", "notre", "nous", "on", "ont", "ou", "par", "parce",
	"pas", "peu", "peut", "plus", "pour", "pourquoi", "qu'il", "qu'on", "quand",
	"que", "quel", "quelle", "quelles", "quels", "qui", "quoi", "sa", "sans", "se",
	"selon", "ses", "si", "son", "sont", "sous", "sur", "ta", "te", "tes", "toi",
	"ton", "tous", "tout", "toute", "toutes", "tres", "tu", "un", "une", "vers",
	"vos", "votre", "vous", "y",
};

static const char *const spanish[] = {
	"a", "al", "algo", "algunos", "ante", "antes", "aquel", "aquella", "aquellos",
	"asi", "aun", "aunque", "cada", "como", "con", "contra", "cual", "cuales",
	"cuando", "de", "del", "desde", "donde", "dos", "durante", "e", "el", "ella",
	"ellas", "ellos", "en", "entre", "era", "eran", "es", "esa", "esas", "ese",
	"eso", "esos", "esta", "estan", "estas", "este", "esto", "estos", "fue",
	"fueron", "ha", "haber", "habia", "han", "hasta", "hay", "la", "las", "le",
	"les", "lo", "los", "mas", "me", "mi", "mientras", "mis", "mucho", "muy",
	"nada", "ni", "no", "nos", "nosotros", "o", "os", "otra", "otras", "otro",
	"otros", "para", "pero", "poco", "por", "porque", "pues", "que", "quien",
	"quienes", "se", "segun", "ser", "si", "sido", "sin", "sobre", "son", "su",
	"sus", "tambien", "tan", "tanto", "te", "tiene", "todo", "todos", "tras", "tu",
	"tus", "un", "una", "unas", "uno", "unos", "usted", "y", "ya", "yo",
};

static const struct language {
	const char *name;
	const char *const *words;
	size_t n;
} languages[] = {
#define LANGUAGE(name) { #name, name, sizeof(name) / sizeof((name)[0]) }
	LANGUAGE(english),
	LANGUAGE(german),
	LANGUAGE(french),
	LANGUAGE(spanish),
#undef LANGUAGE
};
/* clang-format on */

struct word {
	const char *text;
	size_t len;
};

static int compare(const void *key, const void *element)
{
	const struct word *word = key;
	const char *other = *(const char *const *)element;
	int order = strncmp(word->text, other, word->len);

	return order ? order : -(other[word->len] != '\0');
}

bool stopword_is(const char *language, const char *form, size_t len)
{
	const struct word word = { form, len };

	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
		if (strcmp(languages[i].name, language) == 0)
			return bsearch(&word, languages[i].words, languages[i].n,
				       sizeof(*languages[i].words), compare) != NULL;
	return false;
}
