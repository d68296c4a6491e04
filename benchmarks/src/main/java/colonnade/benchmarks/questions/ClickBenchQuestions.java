package colonnade.benchmarks.questions;

import static colonnade.Expr.*;

import colonnade.Expr;
import colonnade.Frame;
import colonnade.Table;
import colonnade.benchmarks.data.Hits;
import colonnade.benchmarks.peers.Question;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * ClickBench's 43 queries, numbered from 1, the constants fitted to generated rows. Where rows tie
 * for the last place, only what they are ordered by is compared.
 */
public final class ClickBenchQuestions {
  /** Compares the number of rows and nothing else: which rows they are is open. */
  private static final Integer NOTHING = -1;

  private final long rows;
  private final List<Question> all = new ArrayList<>();

  private ClickBenchQuestions(long rows) {
    this.rows = rows;
  }

  /** In their order, for a table of so many rows. */
  public static List<Question> of(long rows) {
    ClickBenchQuestions questions = new ClickBenchQuestions(rows);
    questions.sumsAndCounts();
    questions.groupsByFewKeys();
    questions.groupsByUsersAndPhrases();
    questions.texts();
    questions.wideAndMany();
    questions.counters();
    return List.copyOf(questions.all);
  }

  private void ask(Function<Table, Frame> ours, String sql, Integer... compared) {
    all.add(
        Question.of("Q" + (all.size() + 1) + ": " + title(sql), "hits", ours)
            .sql(sql)
            .comparing(compared));
  }

  private static String title(String sql) {
    String text =
        sql.replaceFirst("^select ", "").replace(" from hits", "").replaceAll("\\s+", " ");
    return text.length() <= 48 ? text : text.substring(0, 47) + "…";
  }

  private static Frame top(Frame frame, String by) {
    return frame.sort(desc(by)).limit(10);
  }

  private void sumsAndCounts() {
    ask(t -> t.aggregate(count().as("c")), "select count(*) from hits");
    ask(
        t -> t.filter(col("AdvEngineID").ne(0)).aggregate(count().as("c")),
        "select count(*) from hits where AdvEngineID <> 0");
    ask(
        t ->
            t.aggregate(
                sum("AdvEngineID").as("s"), count().as("c"), mean("ResolutionWidth").as("a")),
        "select sum(AdvEngineID), count(*), avg(ResolutionWidth) from hits");
    ask(t -> t.aggregate(mean("UserID").as("a")), "select avg(UserID) from hits");
    ask(
        t -> t.aggregate(countDistinct("UserID").as("c")),
        "select count(distinct UserID) from hits");
    ask(
        t -> t.aggregate(countDistinct("SearchPhrase").as("c")),
        "select count(distinct SearchPhrase) from hits");
    ask(
        t -> t.aggregate(min("EventDate").as("a"), max("EventDate").as("b")),
        "select min(EventDate), max(EventDate) from hits");
    ask(
        t ->
            t.filter(col("AdvEngineID").ne(0))
                .groupBy("AdvEngineID")
                .aggregate(count().as("c"))
                .sort(desc("c")),
        "select AdvEngineID, count(*) from hits where AdvEngineID <> 0 group by AdvEngineID order"
            + " by count(*) desc");
  }

  private void groupsByFewKeys() {
    ask(
        t -> top(t.groupBy("RegionID").aggregate(countDistinct("UserID").as("u")), "u"),
        "select RegionID, count(distinct UserID) as u from hits group by RegionID order by u desc"
            + " limit 10",
        1);
    ask(
        t ->
            top(
                t.groupBy("RegionID")
                    .aggregate(
                        sum("AdvEngineID").as("s"),
                        count().as("c"),
                        mean("ResolutionWidth").as("a"),
                        countDistinct("UserID").as("u")),
                "c"),
        "select RegionID, sum(AdvEngineID), count(*) as c, avg(ResolutionWidth), count(distinct"
            + " UserID) from hits group by RegionID order by c desc limit 10",
        2);
    ask(
        t ->
            top(
                t.filter(col("MobilePhoneModel").ne(""))
                    .groupBy("MobilePhoneModel")
                    .aggregate(countDistinct("UserID").as("u")),
                "u"),
        "select MobilePhoneModel, count(distinct UserID) as u from hits where MobilePhoneModel <>"
            + " '' group by MobilePhoneModel order by u desc limit 10",
        1);
    ask(
        t ->
            top(
                t.filter(col("MobilePhoneModel").ne(""))
                    .groupBy("MobilePhone", "MobilePhoneModel")
                    .aggregate(countDistinct("UserID").as("u")),
                "u"),
        "select MobilePhone, MobilePhoneModel, count(distinct UserID) as u from hits where"
            + " MobilePhoneModel <> '' group by MobilePhone, MobilePhoneModel order by u desc limit"
            + " 10",
        2);
  }

  private static Frame searches(Table t) {
    return t.filter(col("SearchPhrase").ne(""));
  }

  private void groupsByUsersAndPhrases() {
    ask(
        t -> top(searches(t).groupBy("SearchPhrase").aggregate(count().as("c")), "c"),
        "select SearchPhrase, count(*) as c from hits where SearchPhrase <> '' group by"
            + " SearchPhrase order by c desc limit 10",
        1);
    ask(
        t ->
            top(
                searches(t).groupBy("SearchPhrase").aggregate(countDistinct("UserID").as("u")),
                "u"),
        "select SearchPhrase, count(distinct UserID) as u from hits where SearchPhrase <> ''"
            + " group by SearchPhrase order by u desc limit 10",
        1);
    ask(
        t ->
            top(
                searches(t).groupBy("SearchEngineID", "SearchPhrase").aggregate(count().as("c")),
                "c"),
        "select SearchEngineID, SearchPhrase, count(*) as c from hits where SearchPhrase <> ''"
            + " group by SearchEngineID, SearchPhrase order by c desc limit 10",
        2);
    ask(
        t -> top(t.groupBy("UserID").aggregate(count().as("c")), "c"),
        "select UserID, count(*) from hits group by UserID order by count(*) desc limit 10",
        1);
    ask(
        t -> top(t.groupBy("UserID", "SearchPhrase").aggregate(count().as("c")), "c"),
        "select UserID, SearchPhrase, count(*) from hits group by UserID, SearchPhrase order by"
            + " count(*) desc limit 10",
        2);
    ask(
        t -> t.groupBy("UserID", "SearchPhrase").aggregate(count().as("c")).limit(10),
        "select UserID, SearchPhrase, count(*) from hits group by UserID, SearchPhrase limit 10",
        NOTHING);
    ask(
        t ->
            top(
                t.groupBy(col("UserID"), col("EventTime").minute().as("m"), col("SearchPhrase"))
                    .aggregate(count().as("c")),
                "c"),
        "select UserID, extract(minute from EventTime) as m, SearchPhrase, count(*) from hits"
            + " group by UserID, m, SearchPhrase order by count(*) desc limit 10",
        3);
    ask(
        t -> t.filter(col("UserID").eq(Hits.USER)).select("UserID"),
        "select UserID from hits where UserID = " + Hits.USER);
  }

  private void texts() {
    ask(
        t -> t.filter(col("URL").contains("google")).aggregate(count().as("c")),
        "select count(*) from hits where URL like '%google%'");
    ask(
        t ->
            top(
                searches(t)
                    .filter(col("URL").contains("google"))
                    .groupBy("SearchPhrase")
                    .aggregate(min("URL").as("url"), count().as("c")),
                "c"),
        "select SearchPhrase, min(URL), count(*) as c from hits where URL like '%google%' and"
            + " SearchPhrase <> '' group by SearchPhrase order by c desc limit 10",
        2);
    ask(
        t ->
            top(
                searches(t)
                    .filter(
                        col("Title").contains("Google").and(col("URL").contains(".google.").not()))
                    .groupBy("SearchPhrase")
                    .aggregate(
                        min("URL").as("url"),
                        min("Title").as("title"),
                        count().as("c"),
                        countDistinct("UserID").as("u")),
                "c"),
        "select SearchPhrase, min(URL), min(Title), count(*) as c, count(distinct UserID) from hits"
            + " where Title like '%Google%' and URL not like '%.google.%' and SearchPhrase <> ''"
            + " group by SearchPhrase order by c desc limit 10",
        3);
    ask(
        t -> t.filter(col("URL").contains("google")).sort("EventTime").limit(10),
        "select * from hits where URL like '%google%' order by EventTime limit 10",
        2);
    ask(
        t -> searches(t).sort("EventTime").limit(10).select("SearchPhrase"),
        "select SearchPhrase from hits where SearchPhrase <> '' order by EventTime limit 10",
        NOTHING);
    ask(
        t -> searches(t).sort("SearchPhrase").limit(10).select("SearchPhrase"),
        "select SearchPhrase from hits where SearchPhrase <> '' order by SearchPhrase limit 10");
    ask(
        t -> searches(t).sort("EventTime", "SearchPhrase").limit(10).select("SearchPhrase"),
        "select SearchPhrase from hits where SearchPhrase <> '' order by EventTime, SearchPhrase"
            + " limit 10");
    long many = rows / 1_000;
    ask(
        t ->
            t.filter(col("URL").ne(""))
                .groupBy("CounterID")
                .aggregate(mean(col("URL").byteLength()).as("l"), count().as("c"))
                .filter(col("c").gt(many))
                .sort(desc("l"))
                .limit(25),
        "select CounterID, avg(strlen(URL)) as l, count(*) as c from hits where URL <> '' group by"
            + " CounterID having count(*) > "
            + many
            + " order by l desc limit 25",
        1);
    all.add(
        Question.of("Q29: regexp_replace(Referer, …), avg(strlen(Referer))", "hits", t -> t)
            .later("replacing by a regular expression"));
  }

  private void wideAndMany() {
    StringBuilder sums = new StringBuilder();
    Expr[] ours = new Expr[90];
    for (int i = 0; i < ours.length; i++) {
      ours[i] = sum(col("ResolutionWidth").plus(i)).as("s" + i);
      sums.append(i == 0 ? "" : ", ").append("sum(ResolutionWidth + ").append(i).append(")");
    }
    ask(t -> t.aggregate(ours), "select " + sums + " from hits");
    String counted = "count(*) as c, sum(IsRefresh), avg(ResolutionWidth) from hits";
    ask(
        t -> counted(searches(t), "SearchEngineID", "ClientIP"),
        "select SearchEngineID, ClientIP, "
            + counted
            + " where SearchPhrase <> '' group by SearchEngineID, ClientIP order by c desc limit"
            + " 10",
        2);
    ask(
        t -> counted(searches(t), "WatchID", "ClientIP"),
        "select WatchID, ClientIP, "
            + counted
            + " where SearchPhrase <> '' group by WatchID, ClientIP order by c desc limit 10",
        2);
    ask(
        t -> counted(t, "WatchID", "ClientIP"),
        "select WatchID, ClientIP, "
            + counted
            + " group by WatchID, ClientIP order by c desc limit 10",
        2);
    ask(
        t -> top(t.groupBy("URL").aggregate(count().as("c")), "c"),
        "select URL, count(*) as c from hits group by URL order by c desc limit 10",
        1);
    ask(
        t -> top(t.groupBy(lit(1).as("one"), col("URL")).aggregate(count().as("c")), "c"),
        "select 1, URL, count(*) as c from hits group by 1, URL order by c desc limit 10",
        2);
    ask(
        t ->
            top(
                t.groupBy(
                        col("ClientIP"),
                        col("ClientIP").minus(1).as("a"),
                        col("ClientIP").minus(2).as("b"),
                        col("ClientIP").minus(3).as("d"))
                    .aggregate(count().as("c")),
                "c"),
        "select ClientIP, ClientIP - 1, ClientIP - 2, ClientIP - 3, count(*) as c from hits group"
            + " by ClientIP, ClientIP - 1, ClientIP - 2, ClientIP - 3 order by c desc limit 10",
        4);
  }

  private static Frame counted(Frame frame, String... keys) {
    return top(
        frame
            .groupBy(keys)
            .aggregate(count().as("c"), sum("IsRefresh").as("r"), mean("ResolutionWidth").as("w")),
        "c");
  }

  private static final String JULY =
      " from hits where CounterID = 62 and EventDate >= '2013-07-01' and EventDate <= '2013-07-31'";

  private static Frame july(Table t) {
    return t.filter(
        col("CounterID")
            .eq(62)
            .and(col("EventDate").between(LocalDate.of(2013, 7, 1), LocalDate.of(2013, 7, 31)))
            .and(col("IsRefresh").eq(0)));
  }

  private static Frame views(Frame frame, long offset, Expr... keys) {
    return frame.groupBy(keys).aggregate(count().as("c")).sort(desc("c")).limit(offset, 10);
  }

  private void counters() {
    ask(
        t ->
            views(july(t).filter(col("DontCountHits").eq(0).and(col("URL").ne(""))), 0, col("URL")),
        "select URL, count(*) as c"
            + JULY
            + " and DontCountHits = 0 and IsRefresh = 0 and URL <> '' group by URL order by c desc"
            + " limit 10",
        1);
    ask(
        t ->
            views(
                july(t).filter(col("DontCountHits").eq(0).and(col("Title").ne(""))),
                0,
                col("Title")),
        "select Title, count(*) as c"
            + JULY
            + " and DontCountHits = 0 and IsRefresh = 0 and Title <> '' group by Title order by c"
            + " desc limit 10",
        1);
    ask(
        t ->
            views(
                july(t).filter(col("IsLink").ne(0).and(col("IsDownload").eq(0))), 1000, col("URL")),
        "select URL, count(*) as c"
            + JULY
            + " and IsRefresh = 0 and IsLink <> 0 and IsDownload = 0 group by URL order by c desc"
            + " limit 10 offset 1000",
        1);
    ask(
        t ->
            views(
                july(t),
                1000,
                col("TraficSourceID"),
                col("SearchEngineID"),
                col("AdvEngineID"),
                when(col("SearchEngineID").eq(0).and(col("AdvEngineID").eq(0)))
                    .then(col("Referer"))
                    .otherwise("")
                    .as("Src"),
                col("URL").as("Dst")),
        "select TraficSourceID, SearchEngineID, AdvEngineID, case when SearchEngineID = 0 and"
            + " AdvEngineID = 0 then Referer else '' end as Src, URL as Dst, count(*) as c"
            + JULY
            + " and IsRefresh = 0 group by TraficSourceID, SearchEngineID, AdvEngineID, Src, Dst"
            + " order by c desc limit 10 offset 1000",
        5);
    ask(
        t ->
            views(
                july(t)
                    .filter(
                        col("TraficSourceID")
                            .isIn(-1, 6)
                            .and(col("RefererHash").eq(Hits.URL_HASH))),
                100,
                col("URLHash"),
                col("EventDate")),
        "select URLHash, EventDate, count(*) as c"
            + JULY
            + " and IsRefresh = 0 and TraficSourceID in (-1, 6) and RefererHash = "
            + Hits.URL_HASH
            + " group by URLHash, EventDate order by c desc limit 10 offset 100",
        2);
    ask(
        t ->
            views(
                july(t).filter(col("DontCountHits").eq(0).and(col("URLHash").eq(Hits.URL_HASH))),
                10_000,
                col("WindowClientWidth"),
                col("WindowClientHeight")),
        "select WindowClientWidth, WindowClientHeight, count(*) as c"
            + JULY
            + " and IsRefresh = 0 and DontCountHits = 0 and URLHash = "
            + Hits.URL_HASH
            + " group by WindowClientWidth, WindowClientHeight order by c desc limit 10 offset"
            + " 10000",
        2);
    ask(
        t ->
            july(t)
                .filter(
                    col("EventDate")
                        .between(LocalDate.of(2013, 7, 14), LocalDate.of(2013, 7, 15))
                        .and(col("DontCountHits").eq(0)))
                .groupBy(col("EventTime").truncate("minute").as("M"))
                .aggregate(count().as("c"))
                .sort("M")
                .limit(1000, 10),
        "select date_trunc('minute', EventTime) as M, count(*) as c from hits where CounterID = 62"
            + " and EventDate >= '2013-07-14' and EventDate <= '2013-07-15' and IsRefresh = 0 and"
            + " DontCountHits = 0 group by M order by M limit 10 offset 1000");
  }
}
