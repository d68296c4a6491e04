package colonnade.benchmarks.data;

/**
 * ClickBench's table {@code hits}, generated: the columns that its 43 queries read, with the number
 * of values, the shares of empty texts and of zeros, and about the skew and the lengths of the
 * original, for each row. Days, counters and hashes that queries name do occur.
 */
public final class Hits {
  /** A user that the queries name. */
  public static final long USER = 435_090_932_899_640_449L;

  /** The hash of the most frequent address, and of the most frequent referrer. */
  public static final long URL_HASH = 2_868_770_270_353_813_622L;

  private Hits() {}

  /** Of so many rows; the original has 100 million. */
  public static Dataset of(long rows) {
    return new Dataset(
        "hits",
        rows,
        """
        select 4611686018427387904 + i * 1000003 as WatchID,
               case when url %% 7 = 0 then '' when url %% 211 = 0 then 'Google: ' else 'Page ' end
                 || case when url %% 7 = 0 then '' else 'about things of kind ' || (url %% %4$d) || ', in stock' end as Title,
               timestamp '2013-07-01 00:00:00' + to_seconds((h %% 2678400)::bigint) as EventTime,
               (date '2013-07-01' + ((h %% 2678400) // 86400)::int) as EventDate,
               case when u2 < 0.0074 then 62 else (u2 * u2 * 6500)::int end as CounterID,
               (pow(u3, 2) * %3$d)::int - 100000 as ClientIP,
               (pow(u4, 4) * 9000)::int as RegionID,
               %5$d + (pow(u1, 2) * %2$d)::bigint * 104729 as UserID,
               case when url %% 6007 = 0 then 'http://www.google.ru/search?q=' || url
                    else 'http://site' || (url %% 4999) || '.ru/catalog/goods/' || url || '/page.html?from=list' end as URL,
               case when u5 < 0.19 then '' else 'http://site' || (ref %% 4999) || '.ru/section/' || ref || '/' end as Referer,
               (h2 %% 100 < 15)::smallint as IsRefresh,
               (800 + (h2 %% 97) * 16)::smallint as ResolutionWidth,
               case when u6 < 0.06 then (1 + h2 %% 44)::smallint else 0::smallint end as MobilePhone,
               case when u6 < 0.06 then 'model ' || (h2 %% 166) else '' end as MobilePhoneModel,
               (h2 %% 10 - 1)::smallint as TraficSourceID,
               case when u7 < 0.13 then (1 + h3 %% 90)::smallint else 0::smallint end as SearchEngineID,
               case when u7 < 0.13 then 'how to find number ' || (pow(u3, 2) * %6$d)::int else '' end as SearchPhrase,
               case when u8 < 0.0063 then (1 + h3 %% 17)::smallint else 0::smallint end as AdvEngineID,
               (h3 %% 1000 < 2)::smallint as IsDownload,
               (h3 %% 1000 < 60)::smallint as IsLink,
               (300 + h3 %% 1600)::smallint as WindowClientWidth,
               (200 + h2 %% 900)::smallint as WindowClientHeight,
               %7$d + ref * 7919 as RefererHash,
               %7$d + url * 7919 as URLHash,
               (h3 %% 100 < 3)::smallint as DontCountHits
        from (select i, hash(i * 16 + 1)::hugeint %% 1000000007 as h, hash(i * 16 + 2)::hugeint %% 1000000007 as h2,
                     hash(i * 16 + 3)::hugeint %% 1000000007 as h3, u2, u3, u4, u5, u6, u7, u8, u1,
                     (pow(u9, 3) * %8$d)::bigint as url, (pow(u10, 3) * %8$d)::bigint as ref
              from (select i, %9$s from range(%1$d) t(i)))
        """
            .formatted(
                rows,
                Math.max(10, rows * 176 / 1000),
                Math.max(10, rows / 10),
                Math.max(10, rows / 11),
                USER,
                Math.max(10, rows / 4),
                URL_HASH,
                Math.max(10, rows / 2),
                uniforms()));
  }

  private static String uniforms() {
    StringBuilder text = new StringBuilder();
    for (int k = 1; k <= 10; k++) {
      text.append(k == 1 ? "" : ", ");
      text.append("(hash(i * 16 + ")
          .append(k + 3)
          .append(") >> 11)::double / 9007199254740992 as u");
      text.append(k);
    }
    return text.toString();
  }
}
