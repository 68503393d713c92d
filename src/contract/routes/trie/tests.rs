//! Which path wins, and how long it takes.

use std::time::{Duration, Instant};

use super::*;

fn entry(path: &str, operations: Vec<(Method, usize)>) -> PathEntry {
    let routed = |(method, index)| RoutedOperation {
        method,
        index,
        bases: Vec::new(),
    };
    PathEntry {
        key: PathKey::parse(path).unwrap(),
        operations: operations.into_iter().map(routed).collect(),
    }
}

fn trie(entries: &[PathEntry]) -> (Trie, Vec<Clash>) {
    Trie::new(entries, &|_| true)
}

fn gets(paths: &[String]) -> Trie {
    let entries: Vec<PathEntry> = paths
        .iter()
        .enumerate()
        .map(|(index, path)| entry(path, vec![(Method::GET, index)]))
        .collect();
    trie(&entries).0
}

#[test]
fn the_most_specific_path_that_fits_wins() {
    let paths = [
        "/a/mine",
        "/a/{id}",
        "/r.{format}",
        "/files/{name}.{extension}",
        "/jobs/{id}:cancel",
        "/jobs/{id}",
        "/{x}/b",
        "/f/{a}-{b}",
        "/",
        "/a/{id}/x",
        "/caf%C3%A9",
        "/f/{a}-{b}-{c}.x",
    ];
    let trie = gets(&paths.map(str::to_owned));
    for (path, want) in [
        ("/a/mine", Some((0, vec![]))),
        ("/a/%6Dine", Some((0, vec![]))),
        ("/a/7", Some((1, vec![("id", "7")]))),
        ("/a/mine/x", Some((9, vec![("id", "mine")]))),
        ("/a/x%2Fy", Some((1, vec![("id", "x%2Fy")]))),
        ("/r.json", Some((2, vec![("format", "json")]))),
        (
            "/files/a.tar.gz",
            Some((3, vec![("name", "a.tar"), ("extension", "gz")])),
        ),
        ("/files/a", None),
        ("/jobs/1:cancel", Some((4, vec![("id", "1")]))),
        ("/jobs/:cancel", Some((5, vec![("id", ":cancel")]))),
        ("/jobs/1", Some((5, vec![("id", "1")]))),
        ("/a/b", Some((1, vec![("id", "b")]))),
        ("/z/b", Some((6, vec![("x", "z")]))),
        ("/f/1-2-3", Some((7, vec![("a", "1-2"), ("b", "3")]))),
        ("/f/1--", Some((7, vec![("a", "1"), ("b", "-")]))),
        (
            "/f/1-2-3-4.x",
            Some((11, vec![("a", "1-2"), ("b", "3"), ("c", "4")])),
        ),
        ("/f/-1", None),
        ("/caf%C3%A9", Some((10, vec![]))),
        ("/caf%c3%a9", Some((10, vec![]))),
        ("/", Some((8, vec![]))),
        ("/a", None),
        ("/a/", None),
        ("/a//x", None),
        ("//a/mine", None),
        ("/r.", None),
    ] {
        let want = want.map_or(Match::Nothing, |(index, parameters)| {
            Match::Operation(index, parameters)
        });
        assert_eq!(trie.find(&Method::GET, path, None), want, "{path}");
    }
}

#[test]
fn a_path_that_lacks_the_method_hides_its_templated_counterparts() {
    let (trie, clashes) = trie(&[
        entry("/a/mine", vec![(Method::GET, 0)]),
        entry("/a/{id}", vec![(Method::DELETE, 1)]),
        entry("/a/{name}", vec![(Method::PUT, 2)]),
        entry("/{x}/mine", vec![(Method::POST, 3)]),
        entry("/{x}/b", vec![(Method::POST, 4)]),
    ]);
    assert_eq!(clashes, []);
    let find = |method, path| trie.find(&method, path, None);
    let operation = |index, name, value| Match::Operation(index, vec![(name, value)]);
    assert_eq!(find(Method::DELETE, "/a/b"), operation(1, "id", "b"));
    assert_eq!(find(Method::PUT, "/a/b"), operation(2, "name", "b"));
    // Neither is the counterpart of the other, so the second may answer.
    assert_eq!(find(Method::POST, "/a/b"), operation(4, "x", "a"));

    let get = Method::from_bytes(b"get").unwrap();
    for method in [
        Method::DELETE,
        Method::PUT,
        Method::POST,
        Method::PATCH,
        get,
    ] {
        let others = Match::OtherMethods(vec![&Method::GET]);
        assert_eq!(trie.find(&method, "/a/mine", None), others, "{method}");
    }
    let others = Match::OtherMethods(vec![&Method::DELETE, &Method::PUT, &Method::POST]);
    assert_eq!(find(Method::GET, "/a/b"), others);
}

#[test]
fn the_query_tells_apart_what_the_path_does_not() {
    let get = |index| vec![(Method::GET, index)];
    let (trie, clashes) = trie(&[
        entry("/a/{id}", get(0)),
        entry("/a/{id}?beta=true", get(1)),
        entry("/a/{id}?beta=true&x", get(2)),
        entry("/a/{name}#two", get(3)),
    ]);
    let find = |query| match trie.find(&Method::GET, "/a/1", query) {
        Match::Operation(index, _) => vec![index],
        Match::Several(first, others) => {
            let all = [first].into_iter().chain(others);
            all.map(|(index, _)| index).collect()
        }
        _ => vec![],
    };
    assert_eq!(find(Some("beta=true&x=1")), [2, 1, 0, 3]);
    assert_eq!(find(Some("beta=true")), [1, 0, 3]);
    assert_eq!(find(Some("beta=false")), [0, 3]);
    assert_eq!(clashes, [(0, 3)]);
}

/// The time for some searches, the least of several runs.
fn time(trie: &Trie, path: &str) -> Duration {
    let run = || {
        let start = Instant::now();
        for _ in 0..500 {
            std::hint::black_box(trie.find(&Method::GET, std::hint::black_box(path), None));
        }
        start.elapsed()
    };
    (0..5).map(|_| run()).min().unwrap_or_default()
}

#[test]
fn two_thousand_paths_take_no_longer_than_two() {
    let paths = |count| -> Vec<String> {
        let path = |n| {
            [
                format!("/r{n}/{{id}}"),
                format!("/r{n}/{{id}}/items/{{item}}"),
            ]
        };
        (0..count).flat_map(path).collect()
    };
    let (few, many) = (gets(&paths(1)), gets(&paths(1000)));
    let (fast, slow) = (time(&few, "/r0/1/items/2"), time(&many, "/r999/1/items/2"));
    // 2,000 comparisons would take a hundred times as long; ten leaves room for a busy machine.
    assert!(slow < fast * 10, "{fast:?} for 2 paths, {slow:?} for 2,000");
}

#[test]
fn a_long_segment_that_nearly_fits_is_refused_in_time_that_grows_with_its_length() {
    let trie = gets(&["/{a}-{b}-{c}-{d}-{e}.json".to_owned()]);
    let path = format!("/{}", "-".repeat(8000));
    assert_eq!(trie.find(&Method::GET, &path, None), Match::Nothing);
    let path = format!("/{}.json", "-".repeat(8000));
    assert!(matches!(
        trie.find(&Method::GET, &path, None),
        Match::Operation(0, _)
    ));
}
