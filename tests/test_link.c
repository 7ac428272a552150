/* Links relative to where they stand. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "ingest/link.h"

static void links_are_resolved_as_their_table_says(void **state)
{
	struct case_row *rows;
	size_t n = cases_load(&rows, "link.t");

	(void)state;
	for (size_t i = 0; i < n; i++) {
		char *blank = strchr(rows[i].in, ' ');
		const char *base = rows[i].in;
		struct buf got;

		if (!blank)
			fail_msg("%s:%d: no blank", rows[i].file, rows[i].line);
		*blank = '\0';
		buf_init(&got, 0);
		link_resolve(&got, strcmp(base, "-") == 0 ? NULL : base,
			     strcmp(blank + 1, " ") == 0 ? "" : blank + 1);
		*blank = ' ';
		check_case(&rows[i], buf_str(&got));
		buf_release(&got);
	}
	cases_free(rows, n);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(links_are_resolved_as_their_table_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
