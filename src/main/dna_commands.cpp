#include "main/dna_commands.h"

#include "base/file.h"
#include "main/rooms.h"
#include "search/dna/exchange_file.h"
#include "search/dna/knowledge.h"
#include "search/dna/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <set>

namespace comity::main {
namespace {

using namespace search::dna;

Date today()
{
    return Date { std::chrono::floor<std::chrono::days>(system_clock()()) };
}

/// The profiles of a folder, and what is known.
struct Desk {
    Knowledge known;
    RuleSet rules;
    std::vector<Profile> profiles;

    Result<Profile const*> find(std::string const& reference) const
    {
        auto const at = std::ranges::find(profiles, reference, &Profile::reference);
        if (at != profiles.end()) return &*at;
        return Error { Error::Kind::not_found,
            fmt::format("no profile {}", reference.substr(0, 60)), "reference" };
    }
    Frequencies::Population const* population(std::string const& name) const
    {
        return known.frequencies.find(name);
    }
};

std::filesystem::path profiles_file(DnaOptions const& options)
{
    return options.folder / "profiles.csv";
}

Result<Desk> open_desk(DnaOptions const& options)
{
    auto known = TRY(Knowledge::read(options.data));
    auto const on = options.on.empty() ? today() : TRY(parse_date(options.on));
    auto rules = TRY(known.rules_named(options.rules, on));
    Desk out { std::move(known), std::move(rules), {} };
    if (out.population(options.population) == nullptr)
        return Error { Error::Kind::not_found,
            fmt::format("no population is called {}", options.population), "population" };
    auto const file = read_file(profiles_file(options), import_bytes_max);
    if (file.ok()) out.profiles = TRY(read_csv(as_text(file.value()), out.known.table)).profiles;
    if (!file.ok() && (file.error().kind != Error::Kind::not_found || options.command != "import"))
        return file.error();
    return out;
}

/// The profiles that a query may be compared with, searchable; numbers from 1 in their order.
struct Searchable {
    std::unique_ptr<Index> index;
    std::vector<Profile const*> by_number;

    Profile const& at(ProfileNumber number) const { return *by_number[number - 1]; }
};

Result<Searchable> searchable(Desk const& desk, Profile const* query)
{
    Searchable out { Index::in_memory(common_alleles(desk.known.frequencies, desk.known.table),
                         desk.known.table),
        {} };
    std::vector<Genotype> genotypes;
    for (auto const& each : desk.profiles) {
        if (query != nullptr
            && (&each == query || refusal_of_comparison(query->category, each.category)))
            continue;
        out.by_number.push_back(&each);
        genotypes.push_back(each.genotype);
    }
    TRY(out.index->insert(genotypes));
    return out;
}

void say_lost(std::vector<std::string> const& not_carried, std::ostream& out)
{
    for (auto const& each : not_carried) out << "not carried: " << each << '\n';
}

Result<Imported> read_any(DnaOptions const& options, std::string_view text, LocusTable const& table)
{
    if (options.format == "csv") return read_csv(text, table);
    if (options.format == "cmf") return read_cmf(text, table);
    if (options.format != "pruem")
        return Error { Error::Kind::malformed, "a format is csv, cmf or pruem", "format" };
    Imported out;
    for (auto& record : TRY(read_pruem(text, table)).records)
        out.profiles.push_back(std::move(record.profile));
    return out;
}

Result<ExitCode> import_profiles(Desk& desk, DnaOptions const& options, std::ostream& out)
{
    auto const bytes = TRY(read_file(options.subject, import_bytes_max));
    auto imported = TRY(read_any(options, as_text(bytes), desk.known.table));
    std::set<std::string_view> references;
    for (auto const& each : desk.profiles) references.insert(each.reference);
    for (auto const& each : imported.profiles)
        if (!references.insert(each.reference).second)
            return Error { Error::Kind::conflict,
                fmt::format("{} is there already; nothing was taken", each.reference),
                "reference" };
    auto const count = imported.profiles.size();
    auto all = desk.profiles;
    std::ranges::copy(imported.profiles, std::back_inserter(all));
    if (all.size() > import_profiles_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} profiles, the limit is {}", all.size(), import_profiles_max) };
    std::error_code ignored;
    std::filesystem::create_directories(options.folder, ignored);
    TRY(write_file(
        profiles_file(options), as_view(write_csv(all, desk.known.table)), Readable::by_owner));
    say_lost(imported.not_carried, out);
    out << fmt::format("{} profiles taken, {} in all\n", count, all.size());
    return 0;
}

void say_hit(Desk const& desk, DnaOptions const& options, Profile const& query,
    Profile const& candidate, Comparison const& comparison, std::uint64_t profiles,
    std::ostream& out)
{
    out << candidate.reference << '\n'
        << print(HitReport { comparison, loci_of(query.genotype), loci_of(candidate.genotype),
                     options.theta, options.size > 0 ? options.size : profiles },
               desk.rules, desk.known.frequencies, desk.known.table)
        << print(comparison, desk.known.table);
}

Result<ExitCode> search_profile(Desk& desk, DnaOptions const& options, std::ostream& out)
{
    auto const* query = TRY(desk.find(options.subject));
    if (auto const refusal = refusal_of_exchange(*query, desk.rules, desk.known.table)) {
        out << fmt::format("refused: {} ({})\n", refusal->reason, refusal->reference);
        return 1;
    }
    auto const there = TRY(searchable(desk, query));
    auto const found = TRY(search::dna::search(*there.index, query->genotype, desk.rules));
    for (auto const& hit : found.hits)
        say_hit(
            desk, options, *query, there.at(hit.number), hit.comparison, there.index->size(), out);
    out << fmt::format("{} hits among {} profiles\n", found.hits.size(), there.index->size());
    if (options.chance_max <= 0) return 0;
    auto const dynamic = TRY(dynamic_search(*there.index, query->genotype, desk.rules,
        desk.known.frequencies, options.theta, options.chance_max));
    out << fmt::format("beside the statutory list, by likelihood: at most {} hits by chance\n",
        options.chance_max);
    for (auto const& each : dynamic)
        out << fmt::format("{}: 10^{:.2f}, asked for 10^{:.2f} over {} loci\n",
            there.at(each.hit.number).reference, each.log10_ratio, each.threshold,
            each.hit.comparison.compared);
    return 0;
}

Result<ExitCode> compare_two(Desk& desk, DnaOptions const& options, std::ostream& out)
{
    auto const* query = TRY(desk.find(options.subject));
    auto const* candidate = TRY(desk.find(options.against));
    if (auto const refusal = refusal_of_comparison(query->category, candidate->category)) {
        out << fmt::format("refused: {} ({})\n", refusal->reason, refusal->reference);
        return 1;
    }
    auto const found = compare(query->genotype, candidate->genotype, desk.rules, desk.known.table,
        compared_loci(desk.rules, desk.known.table));
    say_hit(desk, options, *query, *candidate, found, desk.profiles.size(), out);
    return found.hit ? 0 : 1;
}

Result<ExitCode> search_kin(Desk& desk, DnaOptions const& options, std::ostream& out)
{
    auto const* relative = TRY(desk.find(options.subject));
    auto const kinship = json::from_word<Kinship>(options.kinship);
    if (!kinship)
        return Error { Error::Kind::malformed,
            "a kinship is parent-child, full-siblings or half-siblings", "kinship" };
    if (relative->category == Category::relative && !relative->consent) {
        out << "refused: the relative's consent is not recorded (A20(1))\n";
        return 1;
    }
    auto const there = TRY(searchable(desk, relative));
    auto const& population = *desk.population(options.population);
    KinQuery const query { relative->genotype, *kinship, options.least };
    KinSettings const settings { .theta = options.theta };
    auto const loci = loci_of(relative->genotype);
    auto const size = options.size > 0 ? options.size : there.index->size();
    out << print(kin_power(population, query, loci, size, settings), size);
    auto const advice = kin_advice(population, desk.known.table, query, loci, size, settings);
    for (std::size_t i = 0; i < std::min<std::size_t>(3, advice.size()); ++i)
        out << fmt::format("with {}: {}", advice[i].what, print(advice[i].power, size));
    auto const found = TRY(kin_search(*there.index, population, query, { .settings = settings }));
    for (auto const& hit : found.hits)
        out << fmt::format("{}: 10^{:.2f} over {} loci\n", there.at(hit.number).reference,
            hit.log10_ratio, hit.loci);
    out << fmt::format(
        "{} possible relatives among {} profiles\n", found.hits.size(), there.index->size());
    return 0;
}

Result<ExitCode> audit_profiles(Desk& desk, DnaOptions const& options, std::ostream& out)
{
    auto const there = TRY(searchable(desk, nullptr));
    auto const found = TRY(audit(*there.index, desk.rules, *desk.population(options.population),
        options.theta, { .progress = telling_progress(out) }));
    out << print(found);
    for (auto const& pair : found.found)
        out << fmt::format("  {} and {}: quality {}, {}\n", there.at(pair.one).reference,
            there.at(pair.other).reference, pair.comparison.quality, pair.comparison.reason);
    return 0;
}

Result<Exported> write_any(
    Desk const& desk, std::span<Profile const> profiles, DnaOptions const& options)
{
    if (options.format == "csv") return Exported { write_csv(profiles, desk.known.table), {} };
    auto const now = comity::to_text(system_clock()());
    if (options.format == "cmf")
        return write_cmf(
            profiles, { "COMITY", "COMITY", "comity", now.substr(0, 19) }, desk.known.table);
    if (options.format != "pruem")
        return Error { Error::Kind::malformed, "a format is csv, cmf or pruem", "format" };
    if (profiles.size() > pruem_records_max)
        return Error { Error::Kind::too_large,
            fmt::format(
                "{} profiles, a Pruem message holds {}", profiles.size(), pruem_records_max) };
    PruemMessage message { false, "export", "", options.against, "1", now.substr(0, 10),
        now.substr(11, 8), {} };
    for (auto const& each : profiles) message.records.push_back({ each });
    return write_pruem(message, desk.known.table);
}

/// What leaves in a file of exchange passes the rule set first.
Result<ExitCode> export_profiles(Desk& desk, DnaOptions const& options, std::ostream& out)
{
    std::vector<Profile> leaving;
    for (auto const& each : desk.profiles) {
        auto const refusal = options.format == "csv"
            ? std::nullopt
            : refusal_of_exchange(each, desk.rules, desk.known.table);
        if (refusal)
            out << fmt::format(
                "{} stays: {} ({})\n", each.reference, refusal->reason, refusal->reference);
        else
            leaving.push_back(each);
    }
    auto const written = TRY(write_any(desk, leaving, options));
    TRY(write_file(options.subject, as_view(written.text), Readable::by_owner));
    say_lost(written.not_carried, out);
    out << fmt::format("{} profiles written\n", leaving.size());
    return 0;
}

} // namespace

std::function<void(ConnectionProgress const&)> telling_progress(std::ostream& out)
{
    return [&out, told = std::size_t { 0 }](ConnectionProgress const& progress) mutable {
        constexpr std::size_t long_from = 100'000, steps = 10;
        if (progress.queries_all <= long_from) return;
        auto const step = progress.queries_done * steps / progress.queries_all;
        if (step == told) return;
        told = step;
        out << fmt::format("{} of {} profiles compared, {} pairs so far\n", progress.queries_done,
            progress.queries_all, progress.hits)
            << std::flush;
    };
}

Result<ExitCode> ask_dna(DnaOptions const& options, std::ostream& out)
{
    auto desk = TRY(open_desk(options));
    using Answer = Result<ExitCode> (*)(Desk&, DnaOptions const&, std::ostream&);
    constexpr std::pair<std::string_view, Answer> answers[]
        = { { "import", import_profiles }, { "search", search_profile }, { "compare", compare_two },
              { "kin", search_kin }, { "audit", audit_profiles }, { "export", export_profiles } };
    for (auto const& [command, answer] : answers)
        if (command == options.command) return answer(desk, options, out);
    return Error { Error::Kind::malformed, fmt::format("no command dna {}", options.command) };
}

} // namespace comity::main
