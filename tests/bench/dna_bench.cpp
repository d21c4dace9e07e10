// DNA: searches, the first connection, loading, changes, each beside what the memory of the same
// machine allows a moment before and beside the first sketch's method on the same profiles.
// Usage: dna_bench [thousands of profiles = 10000] [folder]
#include "bench/dna_world.h"
#include "bench/measure.h"

#include "base/scratch.h"
#include "search/dna/chance.h"
#include "search/dna/family.h"
#include "search/dna/kin_search.h"

#include <cmath>

using namespace comity;
using namespace comity::bench;
using namespace std::chrono_literals;
namespace dna = comity::search::dna;

namespace {

using Seconds = std::chrono::duration<double>;

Crew second { 1 }; ///< The second of two threads.

double timed(std::function<void()> const& work)
{
    auto const start = std::chrono::steady_clock::now();
    work();
    return Seconds(std::chrono::steady_clock::now() - start).count();
}

double median(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

struct Bandwidth {
    double one, two;
};

struct World {
    std::filesystem::path folder;
    std::unique_ptr<Index> index;
    std::unique_ptr<FlatBitmaps> flat;
    std::vector<Genotype> some; ///< Every so many profiles of it, to be searched for.
};

World make_world(std::filesystem::path const& folder, std::size_t profiles, Typed typed, bool flat)
{
    World out { folder,
        Index::create(folder, common_alleles(dna_frequencies(), dna_table()), dna_table()).value(),
        flat ? std::make_unique<FlatBitmaps>(profiles) : nullptr, {} };
    DnaSource source { typed };
    std::vector<Genotype> batch;
    auto const start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < profiles; ++i) {
        batch.push_back(source.next());
        if (out.flat) out.flat->add(batch.back());
        if (i % (profiles / 20) == profiles / 40) out.some.push_back(batch.back());
        if (batch.size() < 50'000 && i + 1 < profiles) continue;
        out.index->insert(batch, Index::Durable::when_synchronized).take();
        batch.clear();
    }
    auto const seconds = Seconds(std::chrono::steady_clock::now() - start).count();
    auto const per = static_cast<double>(profiles);
    fmt::print(stderr,
        "   {} profiles made and inserted in {:.1f} s, {:.1f} bytes each (flat {:.1f})\n", profiles,
        seconds, static_cast<double>(out.index->bytes()) / per,
        out.flat ? out.flat->bytes_per_profile() : 0);
    return out;
}

/// Half of them are somebody in there, some with one allele changed or a wildcard.
std::vector<Genotype> queries_of(World const& world, LocusMask loci)
{
    DnaSource source { Typed::all_loci, 99 };
    std::vector<Genotype> out;
    for (std::size_t i = 0; i < world.some.size(); ++i) {
        auto known = only(world.some[i], loci);
        if (known.size() < 10) known = only(source.full(), loci);
        if (i % 4 == 1) known[i % known.size()].alleles[1] = wildcard;
        out.push_back(known);
        out.push_back(only(source.full(), loci));
    }
    return out;
}

struct Searched {
    double seconds, bytes, hits, candidates;
};

Searched search_all(Index const& index, std::vector<Genotype> const& queries, Crew* crew)
{
    auto const rules = dna_rules();
    std::vector<double> seconds;
    Searched out {};
    for (int round = 0; round < 7; ++round) {
        out.bytes = out.hits = out.candidates = 0;
        for (auto const& query : queries)
            seconds.push_back(timed([&] {
                auto const found = dna::search(index, query, rules, { .crew = crew }).value();
                out.bytes += static_cast<double>(found.bytes);
                out.hits += static_cast<double>(found.hits.size());
                out.candidates += static_cast<double>(found.candidates);
            }));
    }
    out.seconds = median(std::move(seconds));
    out.bytes /= static_cast<double>(queries.size());
    return out;
}

double flat_median(FlatBitmaps const& flat, std::vector<Genotype> const& queries)
{
    std::vector<double> seconds;
    for (int round = 0; round < 5; ++round)
        for (auto const& query : queries)
            seconds.push_back(timed([&] { keep(flat.candidates(query)); }));
    return median(std::move(seconds));
}

/// No hit is lost: the plain loops find the same.
void check_complete(Index const& index, std::vector<Genotype> const& queries)
{
    auto const rules = dna_rules();
    for (std::size_t i = 0; i < queries.size(); i += 4) {
        auto const fast = dna::search(index, queries[i], rules).value();
        auto const plain
            = dna::search(index, queries[i], rules, { .kernels = search::kernel::all().front() })
                  .value();
        MUST(fast.hits.size() == plain.hits.size());
        for (std::size_t k = 0; k < fast.hits.size(); ++k)
            MUST(fast.hits[k].number == plain.hits[k].number);
    }
}

void say_searches(World const& world, std::string const& what, Bandwidth const& bandwidth)
{
    for (auto const loci : { DnaSource::twenty_four, DnaSource::ten }) {
        auto const queries = queries_of(world, loci);
        check_complete(*world.index, queries);
        auto const name = fmt::format("{}, {} loci asked", what, std::popcount(loci));
        auto const one = search_all(*world.index, queries, nullptr);
        auto const two = search_all(*world.index, queries, &second);
        say_cost(fmt::format("{}, one thread, ms", name), one.seconds * 1e3,
            fmt::format("{:.1f} MB touched through memory at {:.1f} GB/s, ms", one.bytes / 1e6,
                bandwidth.one / 1e9),
            one.bytes / bandwidth.one * 1e3);
        say_cost(fmt::format("{}, two threads, ms", name), two.seconds * 1e3,
            fmt::format("the same at {:.1f} GB/s, ms", bandwidth.two / 1e9),
            two.bytes / bandwidth.two * 1e3);
        if (world.flat)
            say_cost(fmt::format("{}, one thread, ms", name), one.seconds * 1e3,
                "flat bitmaps of the first sketch, same profiles, ms",
                flat_median(*world.flat, queries) * 1e3);
        fmt::print(stderr, "   {}: {} hits of {} queries, {} candidates\n", name, one.hits,
            queries.size(), one.candidates);
        std::fflush(stdout);
    }
}

void say_changes(World& world)
{
    DnaSource source { Typed::mixed_kits, 5 };
    std::vector<double> seen;
    std::vector<double> gone;
    std::vector<double> durable;
    for (int i = 0; i < 200; ++i) {
        auto const one = source.next();
        ProfileNumber number = 0;
        auto const later = Index::Durable::when_synchronized;
        seen.push_back(timed([&] { number = world.index->insert({ &one, 1 }, later).value()[0]; }));
        gone.push_back(timed([&] { world.index->destroy(number, later).take(); }));
    }
    for (int i = 0; i < 50; ++i) {
        auto const one = source.next();
        durable.push_back(timed([&] { world.index->insert({ &one, 1 }).take(); }));
    }
    std::vector<double> bare;
    auto const path = world.folder / "bare";
    int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    for (int i = 0; i < 50; ++i)
        bare.push_back(timed([&] {
            MUST(::write(file, "x", 1) == 1);
            MUST(::fdatasync(file) == 0);
        }));
    ::close(file);
    say_cost("one insertion visible, ms", median(seen) * 1e3, "asked, ms", 1);
    say_cost("one destruction visible, ms", median(gone) * 1e3, "asked, ms", 1);
    say_cost("one insertion durable, ms", median(durable) * 1e3, "fdatasync of one byte, ms",
        median(bare) * 1e3);
}

void say_load(World& world, Bandwidth const& bandwidth)
{
    fmt::print(
        stderr, "   checkpoint in {:.2f} s\n", timed([&] { world.index->checkpoint().take(); }));
    auto const size = world.index->size();
    auto const bytes = static_cast<double>(std::filesystem::file_size(world.folder / "profiles"));
    world.index.reset();
    auto const seconds
        = timed([&] { world.index = Index::open(world.folder, dna_table()).value(); });
    MUST(world.index->size() == size);
    say_cost(fmt::format("load of {} profiles from disk, checked, s", size), seconds,
        "the file read, checked and copied at the memory's speed, s", 3 * bytes / bandwidth.one);
}

/// Searches beside 1 000 insertions a second, each durable, and without. What fell due while the
/// disk was at work goes in together, so that a slow disk makes no less of them.
void say_beside_insertions(World& world)
{
    constexpr std::chrono::seconds lasts { 3 };
    auto const queries = queries_of(world, DnaSource::twenty_four);
    auto const alone = search_all(*world.index, queries, nullptr);
    std::atomic<bool> stop = false;
    std::size_t inserted = 0;
    std::vector<double> busy;
    auto const began = std::chrono::steady_clock::now();
    auto const since = [began] { return std::chrono::steady_clock::now() - began; };
    {
        std::jthread const writer { [&] {
            DnaSource source { Typed::mixed_kits, 6 };
            std::vector<Genotype> due;
            while (!stop) {
                while (inserted + due.size() < static_cast<std::size_t>(since() / 1ms))
                    due.push_back(source.next());
                if (!due.empty()) world.index->insert(due).take();
                inserted += due.size();
                due.clear();
                std::this_thread::sleep_until(began + 1ms * (inserted + 1));
            }
        } };
        while (since() < lasts) {
            auto const turn = search_all(*world.index, queries, nullptr);
            MUST(turn.hits >= alone.hits);
            busy.push_back(turn.seconds);
        }
        stop = true;
    }
    auto const rate = static_cast<double>(inserted) / Seconds(since()).count();
    say_cost(
        fmt::format("search beside {} durable insertions a second, ms", figure(std::round(rate))),
        median(busy) * 1e3, "without them, ms", alone.seconds * 1e3);
}

void say_kin(World const& world, Bandwidth const& bandwidth)
{
    DnaSource source { Typed::all_loci, 55 };
    auto const& population = *dna_frequencies().find("us-caucasian");
    constexpr std::pair<Kinship, char const*> kinds[] { { Kinship::parent_child,
                                                            "parent or child" },
        { Kinship::full_siblings, "full sibling" }, { Kinship::half_siblings, "half sibling" } };
    for (auto const& [kinship, name] : kinds)
        for (auto* const crew : { static_cast<Crew*>(nullptr), &second }) {
            std::vector<double> seconds;
            double bytes = 0;
            std::size_t hits = 0;
            std::uint64_t candidates = 0;
            for (int i = 0; i < 15; ++i) {
                KinQuery const query { source.full(), kinship, 4 };
                seconds.push_back(timed([&] {
                    auto const found
                        = kin_search(*world.index, population, query, { .crew = crew }).value();
                    bytes = static_cast<double>(found.bytes);
                    hits += found.hits.size();
                    candidates += found.candidates;
                }));
            }
            auto const speed = crew == nullptr ? bandwidth.one : bandwidth.two;
            say_cost(fmt::format("kin search, {}, {} profiles of mixed kits, threads: {}, ms", name,
                         world.index->size(), crew == nullptr ? 1 : 2),
                median(std::move(seconds)) * 1e3,
                fmt::format("{:.0f} MB touched through memory at {:.1f} GB/s, ms", bytes / 1e6,
                    speed / 1e9),
                bytes / speed * 1e3);
            fmt::print(stderr, "   kin: {} hits, {} candidates of 15 queries\n", hits, candidates);
        }
}

/// A missing child of a typed mother and brother, as one node asks another about a body: every
/// profile of the index is looked at, in every population.
void say_family(World& world, Bandwidth const& bandwidth)
{
    auto const& population = *dna_frequencies().find("us-caucasian");
    Synthesis const synthesis { population, dna_table().find_kit("NGM SElect")->loci };
    Draws draws { 91 };
    auto const father = synthesis.person(draws), mother = synthesis.person(draws);
    auto const missing = synthesis.child(father, mother, draws);
    FamilyQuestion const question {
        { { { "mother", {}, {}, mother }, { "father", {}, {} }, { "missing", 1, 0 },
            { "brother", 1, 0, synthesis.child(father, mother, draws) } } },
        2,
    };
    auto const later = Index::Durable::when_synchronized;
    auto const number = world.index->insert({ &missing, 1 }, later).value()[0];
    std::vector<FamilyHit> found;
    auto const seconds = timed([&] {
        found = family_search(*world.index, dna_frequencies(), question, { .hits_max = 1'000'000 })
                    .value();
    });
    MUST(std::ranges::count(found, number, &FamilyHit::number) == 1);
    auto const bytes = static_cast<double>(world.index->bytes());
    say_cost(fmt::format("whole-family search (mother, brother), {} profiles of mixed kits, s",
                 world.index->size()),
        seconds,
        fmt::format("the {:.0f} MB of the index once through memory at {:.1f} GB/s, s", bytes / 1e6,
            bandwidth.one / 1e9),
        bytes / bandwidth.one);
    fmt::print(stderr, "   family: {} candidates\n", found.size());
    world.index->destroy(number, later).take();
}

/// The share of persons who have exactly this genotype, theta 0.
double share_of(Frequencies::Population const& population, Genotype const& genotype)
{
    double out = 1;
    for (auto const& typing : genotype) {
        auto const share = [&](Allele allele) {
            auto const& alleles = population.alleles[typing.locus];
            auto const at = std::ranges::find(alleles, allele, &Frequencies::Counted::allele);
            return at->count / population.total[typing.locus];
        };
        bool const same = typing.alleles[0] == typing.alleles[1];
        out *= share(typing.alleles[0]) * share(typing.alleles[1]) * (same ? 1 : 2);
    }
    return out;
}

/// Stains of k loci against profiles of nobody: hits by chance beside what is expected of these
/// very stains, and of all.
void say_chance(World const& world)
{
    constexpr char const* order[] { "VWA", "TH01", "D3S1358", "D22S1045", "D10S1248", "D2S441",
        "D8S1179", "D21S11", "FGA", "D12S391", "D18S51", "D1S1656" };
    auto const& population = *dna_frequencies().find("us-caucasian");
    auto rules = dna_rules();
    rules.differing_alleles_max = 0;
    LocusMask loci = 0;
    for (std::size_t k = 1; k <= std::size(order); ++k) {
        loci |= bit_of(*dna_table().find(order[k - 1]));
        if (k < 6) continue;
        Synthesis const synthesis { population, loci };
        Draws draws { 1000 + k };
        std::vector<Genotype> queries;
        double expected = 0;
        for (int i = 0; i < 2000; ++i) {
            queries.push_back(synthesis.person(draws));
            expected
                += share_of(population, queries.back()) * static_cast<double>(world.index->size());
        }
        auto const found = compare_all(
            *world.index, queries, rules, { .search { .crew = &second }, .hits_max = 5'000'000 })
                               .value();
        auto const observed = static_cast<double>(found.hits.size());
        fmt::print(
            "| chance hits, 2 000 stains of {} loci against {} profiles | {:.0f} | expected of"
            " these stains, theta 0 | {:.2f} | {:.3f} |\n",
            k, world.index->size(), observed, expected, observed / expected);
        MUST(std::abs(observed - expected) < 6 * std::sqrt(expected) + 3);
    }
}

void say_first_connection(std::filesystem::path const& folder, std::size_t references)
{
    auto world = make_world(folder, references, Typed::mixed_kits, false);
    DnaSource source { Typed::mixed_kits, 77 };
    std::vector<Genotype> stains;
    for (int i = 0; i < 10'000; ++i) stains.push_back(source.next());
    for (auto const& each : world.some) stains.push_back(each);
    ConnectionResult found;
    auto const seconds = timed([&] {
        found = compare_all(*world.index, stains, dna_rules(), { .search { .crew = &second } })
                    .value();
    });
    MUST(found.complete && found.hits.size() >= world.some.size());
    fmt::print(stderr, "   {} hits, {} candidates\n", found.hits.size(), found.candidates);
    say_cost(fmt::format("first connection, {} stains x {} references, two threads, s",
                 stains.size(), references),
        seconds, "asked for 10 000 x 5 million, s",
        5.0 * static_cast<double>(references) * static_cast<double>(stains.size()) / 5e10);
}

} // namespace

int main(int count, char** words)
{
    auto const profiles = std::stoul(count > 1 ? words[1] : "10000") * 1000;
    ScratchFolder const scratch;
    Bandwidth const bandwidth { stream_bandwidth(std::size_t { 1 } << 30U, 1),
        stream_bandwidth(std::size_t { 1 } << 30U, 2) };
    fmt::print(stderr, "   kernels: {}; memory {:.1f} GB/s, two threads {:.1f}\n",
        search::kernel::best().name, bandwidth.one / 1e9, bandwidth.two / 1e9);
    for (auto const size : { profiles / 10, profiles })
        for (auto const typed : { Typed::all_loci, Typed::with_gaps, Typed::mixed_kits }) {
            constexpr char const* names[] { "all loci", "1 % wildcards and missing", "mixed kits" };
            auto const* name = names[static_cast<std::size_t>(typed)];
            auto const folder = scratch / fmt::format("{}-{}", size, static_cast<int>(typed));
            auto world = make_world(folder, size, typed, true);
            say_searches(world, fmt::format("{} profiles, {}", size, name), bandwidth);
            if (typed == Typed::all_loci && size == profiles) say_chance(world);
            if (typed == Typed::mixed_kits) say_family(world, bandwidth);
            if (typed == Typed::mixed_kits && size == profiles) {
                world.flat.reset();
                say_kin(world, bandwidth);
                say_changes(world);
                say_load(world, bandwidth);
                say_beside_insertions(world);
            }
            std::filesystem::remove_all(folder);
        }
    say_first_connection(scratch / "first", profiles / 2);
}
