/*
 * Lucene, asked like the other peers (see peer.h): the analyzer for English, BM25 as it
 * comes, all texts of an article in one field and its takes in another, texts stored,
 * doc values beside them; facets are counted by a collector over ordinals, which is what
 * its own module for them does.  Exact totals only where they are asked for.
 */
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.Collector;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MultiCollector;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopFieldCollector;
import org.apache.lucene.search.TopScoreDocCollector;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

public class Lucene {
	static final int VARIANTS = 5, LIMIT = 20;
	static final int PHRASE = 5, PREFIX = 6, TAKE = 7, FILTER = 8, TOTAL = 9, FACETS = 10,
			 DATE = 11, EMPTY = 12, CLASSES = 13;
	static final String[] FACET_FIELDS = { "company", "category", "persona", "month" };

	/* ---- JSON, as far as the archive has it --------------------------------- */

	static class Json {
		final String s;
		int at;

		Json(String s)
		{
			this.s = s;
		}

		Object value()
		{
			char c = s.charAt(at);

			return c == '"' ? string() : c == '[' ? list() : object();
		}

		String string()
		{
			StringBuilder out = new StringBuilder();

			for (at++; s.charAt(at) != '"'; at++) {
				char c = s.charAt(at);

				if (c == '\\')
					c = s.charAt(++at) == 'n' ? '\n' : s.charAt(at);
				out.append(c);
			}
			at++;
			return out.toString();
		}

		List<Object> list()
		{
			List<Object> out = new ArrayList<>();

			for (at++; s.charAt(at) != ']';) {
				out.add(value());
				if (s.charAt(at) == ',')
					at++;
			}
			at++;
			return out;
		}

		Map<String, Object> object()
		{
			Map<String, Object> out = new HashMap<>();

			for (at++; s.charAt(at) != '}';) {
				String key = string();

				at++;
				out.put(key, value());
				if (s.charAt(at) == ',')
					at++;
			}
			at++;
			return out;
		}
	}

	/* ---- ingest -------------------------------------------------------------- */

	static void addNames(Document doc, String field, List<?> names)
	{
		for (Object name : names) {
			doc.add(new SortedSetDocValuesField(field, new BytesRef((String)name)));
			doc.add(new StringField(field, (String)name, Field.Store.NO));
		}
	}

	@SuppressWarnings("unchecked")
	static Document document(Map<String, Object> r)
	{
		Document doc = new Document();
		StringBuilder all = new StringBuilder();
		String date = (String)r.get("date");
		List<Object> personas = new ArrayList<>();

		for (String field : new String[] { "title", "summary", "body" }) {
			all.append((String)r.get(field)).append('\n');
			doc.add(new StoredField(field, (String)r.get(field)));
		}
		for (Object take : (List<Object>)r.get("takes")) {
			Map<String, Object> t = (Map<String, Object>)take;

			all.append((String)t.get("text")).append('\n');
			doc.add(new TextField("takes", (String)t.get("text"), Field.Store.YES));
			personas.add(t.get("persona"));
		}
		doc.add(new TextField("all", all.toString(), Field.Store.NO));
		doc.add(new StringField("url", (String)r.get("url"), Field.Store.YES));
		addNames(doc, "company", (List<Object>)r.get("companies"));
		addNames(doc, "category", (List<Object>)r.get("categories"));
		addNames(doc, "persona", personas);
		addNames(doc, "month", Arrays.asList(date.substring(0, 7)));
		long day = Long.parseLong(date.replace("-", ""));
		doc.add(new NumericDocValuesField("date", day));
		doc.add(new LongPoint("date", day));
		return doc;
	}

	@SuppressWarnings("unchecked")
	static void ingest(String data, String path) throws IOException
	{
		IndexWriterConfig config = new IndexWriterConfig(new EnglishAnalyzer());

		config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
		config.setRAMBufferSizeMB(64);
		try (IndexWriter writer = new IndexWriter(new MMapDirectory(Paths.get(path)), config);
		     BufferedReader in = Files.newBufferedReader(Paths.get(data))) {
			for (String line; (line = in.readLine()) != null;)
				writer.addDocument(document((Map<String, Object>)new Json(line).value()));
			writer.commit();
		}
	}

	/* ---- search -------------------------------------------------------------- */

	/* Of each class and variant: AND or OR, and the words; from peer-paneldex words. */
	static String[][][] words = new String[CLASSES][VARIANTS][];
	static boolean[][] any = new boolean[CLASSES][VARIANTS];
	static String[] companies = new String[VARIANTS];

	static void readWords(String path) throws IOException
	{
		for (String line : Files.readAllLines(Paths.get(path))) {
			String[] f = line.split("\t", -1);
			int c = Integer.parseInt(f[0]), v = Integer.parseInt(f[1]);

			any[c][v] = f[2].equals("1");
			companies[v] = f[3];
			words[c][v] = Arrays.copyOfRange(f, 4, f.length);
		}
	}

	static Query makeQuery(int c, int v)
	{
		BooleanQuery.Builder both = new BooleanQuery.Builder();
		String[] w = words[c][v];

		switch (c) {
		case EMPTY:
			return new MatchAllDocsQuery();
		case PHRASE:
			return new PhraseQuery("all", w);
		case PREFIX:
			return new PrefixQuery(new Term("all", w[0]));
		case TAKE:
			return new TermQuery(new Term("takes", w[0]));
		default:
			break;
		}
		if (w.length == 1 && c != FILTER)
			return new TermQuery(new Term("all", w[0]));
		for (String word : w)
			both.add(new TermQuery(new Term("all", word)), any[c][v] ? Occur.SHOULD : Occur.MUST);
		if (c == FILTER) {
			both.add(new TermQuery(new Term("company", companies[v])), Occur.FILTER);
			both.add(LongPoint.newRangeQuery("date", 20230101, 20241231), Occur.FILTER);
		}
		return both.build();
	}

	/* Counts by ordinal, one segment after another. */
	static class FacetCollector extends SimpleCollector {
		final Map<BytesRef, Integer> counts = new HashMap<>();
		final String field;
		SortedSetDocValues values;
		int[] of;

		FacetCollector(String field)
		{
			this.field = field;
		}

		void flush() throws IOException
		{
			for (int i = 0; of != null && i < of.length; i++)
				if (of[i] > 0)
					counts.merge(BytesRef.deepCopyOf(values.lookupOrd(i)), of[i], Integer::sum);
			of = null;
		}

		@Override protected void doSetNextReader(LeafReaderContext context) throws IOException
		{
			flush();
			values = DocValues.getSortedSet(context.reader(), field);
			of = new int[(int)values.getValueCount()];
		}

		@Override public void collect(int doc) throws IOException
		{
			if (!values.advanceExact(doc))
				return;
			for (long ord; (ord = values.nextOrd()) != SortedSetDocValues.NO_MORE_ORDS;)
				of[(int)ord]++;
		}

		@Override public ScoreMode scoreMode()
		{
			return ScoreMode.COMPLETE_NO_SCORES;
		}
	}

	static long search(IndexSearcher searcher, int c, int v) throws IOException
	{
		Query query = makeQuery(c, v);
		boolean exact = c == TOTAL || c == FACETS;
		int threshold = exact ? Integer.MAX_VALUE : 1000;
		TopDocs top;

		if (c == DATE || c == EMPTY) {
			Sort sort = new Sort(new SortField("date", SortField.Type.LONG, true));
			TopFieldCollector collector = TopFieldCollector.create(sort, LIMIT, threshold);

			searcher.search(query, collector);
			top = collector.topDocs();
		} else {
			TopScoreDocCollector collector = TopScoreDocCollector.create(LIMIT, threshold);
			List<Collector> all = new ArrayList<>(Arrays.asList(collector));

			for (int i = 0; c == FACETS && i < FACET_FIELDS.length; i++)
				all.add(new FacetCollector(FACET_FIELDS[i]));
			searcher.search(query, all.size() == 1 ? collector : MultiCollector.wrap(all));
			for (int i = 1; i < all.size(); i++)
				((FacetCollector)all.get(i)).flush();
			top = collector.topDocs();
		}
		for (ScoreDoc hit : top.scoreDocs)
			searcher.doc(hit.doc).get("title");
		return exact ? top.totalHits.value : top.scoreDocs.length;
	}

	static void warm(IndexSearcher searcher, int runs) throws IOException
	{
		for (int round = 0; round < 400; round++) /* the compiler's turn */
			for (int c = 0; c < CLASSES; c++)
				if (round < 60 || c != PREFIX && c != FACETS)
					search(searcher, c, round % VARIANTS);
		for (int c = 0; c < CLASSES; c++) {
			double[] times = new double[runs];
			long found = 0, begun = System.nanoTime();
			int n = 0;

			for (int v = 0; v < VARIANTS; v++)
				found += search(searcher, c, v);
			while (n < runs && (n < VARIANTS || System.nanoTime() - begun < 3e9)) {
				long from = System.nanoTime();

				search(searcher, c, n % VARIANTS);
				times[n++] = (System.nanoTime() - from) / 1e3;
			}
			Arrays.sort(times, 0, n);
			System.out.printf("%d %d %.1f %.1f %.1f%n", c, found, times[(n * 50 + 99) / 100 - 1],
					  times[(n * 95 + 99) / 100 - 1], times[(n * 99 + 99) / 100 - 1]);
		}
	}

	public static void main(String[] args) throws IOException
	{
		if (args[0].equals("ingest")) {
			ingest(args[1], args[2]);
			return;
		}
		readWords(System.getProperty("words"));
		try (DirectoryReader reader = DirectoryReader.open(new MMapDirectory(Paths.get(args[1])))) {
			IndexSearcher searcher = new IndexSearcher(reader);

			if (args[0].equals("warm"))
				warm(searcher, Integer.parseInt(args[2]));
			else
				search(searcher, Integer.parseInt(args[2]), Integer.parseInt(args[3]));
		}
	}
}
