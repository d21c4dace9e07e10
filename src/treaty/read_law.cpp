#include "treaty/decision.h"
#include "treaty/edition.h"
#include "treaty/reading.h"

#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::treaty {
namespace {

constexpr std::string_view files_of_law[] { "authorities.tsv", "classification.tsv",
    "convention.tsv", "judicial.tsv", "national_law.tsv", "parties.tsv", "party_names.tsv",
    "readiness.tsv", "reservations.tsv", "suspensions.tsv", "agreements.tsv",
    "agreement_terms.tsv" };

// Below, rows are filled field by field: GCC 12 forgets what a braced list has already built when
// TRY returns from its middle.

} // namespace

std::vector<std::string> split_words(std::string_view text)
{
    std::vector<std::string> out;
    while (true) {
        auto const end = text.find(',');
        out.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}

Result<SourceId> Reading::intern(Row const& row, std::string const& text)
{
    auto const found = std::ranges::find(out_.sources, text);
    auto const place = static_cast<std::size_t>(found - out_.sources.begin());
    if (place >= source_test_bit) return row.wrong("source", "too many different sources");
    if (found == out_.sources.end()) out_.sources.push_back(text);
    auto const mark = text.starts_with("TEST") ? source_test_bit : SourceId { 0 };
    return static_cast<SourceId>(place | mark);
}

Result<void> Reading::read_convention()
{
    auto const rows = TRY(table("convention.tsv", { "key", "value" }));
    int found = 0;
    for (auto const& row : rows.rows()) {
        TRY(source(row));
        auto const key = TRY(row.text("key"));
        if (key != "signed" && key != "in-force")
            return row.wrong("key", "must be signed or in-force");
        (key == "signed" ? out_.signed_on : out_.in_force_on) = TRY(row.date("value"));
        ++found;
    }
    TRY(rows.refuse_overlaps([](Row const& row) { return row.text("key").value(); }));
    if (found != 2)
        return Error { Error::Kind::malformed,
            "convention.tsv must have one row signed and one row in-force", "convention.tsv" };
    return {};
}

namespace {

Result<void> refuse_no_entry(Row const& row, Party const& party)
{
    if (party.in_force_on()) return {};
    if (!party.in_force_not_before || !party.in_force_not_after)
        return row.wrong("in-force-not-before",
            "without deposit and published date both limits of the entry into force are needed");
    if (*party.in_force_not_before > *party.in_force_not_after)
        return row.wrong("in-force-not-after", "must not come before in-force-not-before");
    return {};
}

} // namespace

Result<void> Reading::read_parties()
{
    auto const rows = TRY(table("parties.tsv",
        { "party", "zone", "languages", "eu-since", "signed", "deposit", "published",
            "in-force-not-before", "in-force-not-after", "withdrawal-received" }));
    for (auto const& row : rows.rows()) {
        Party party;
        party.code = TRY(row.party("party"));
        party.zone = TRY(row.text("zone"));
        party.languages = split_words(TRY(row.text("languages")));
        party.eu_member_since = TRY(row.date_or_unknown("eu-since"));
        party.signed_on = TRY(row.date_or_unknown("signed"));
        party.deposited_on = TRY(row.date_or_unknown("deposit"));
        party.published_in_force_on = TRY(row.date_or_unknown("published"));
        party.in_force_not_before = TRY(row.date_or_unknown("in-force-not-before"));
        party.in_force_not_after = TRY(row.date_or_unknown("in-force-not-after"));
        party.withdrawal_received_on = TRY(row.date_or_unknown("withdrawal-received"));
        party.validity = TRY(row.validity());
        party.source = TRY(source(row));
        party.note = TRY(row.text_or_none("note"));
        if (std::ranges::find(out_.parties, party.code, &Party::code) != out_.parties.end())
            return row.wrong("party", party.code.text() + " has two rows");
        if (auto const zone = local_date(Instant {}, party.zone); !zone.ok())
            return row.wrong("zone", zone.error().what);
        TRY(refuse_no_entry(row, party));
        out_.parties.push_back(std::move(party));
    }
    std::ranges::sort(out_.parties, {}, &Party::code);
    return {};
}

Result<void> Reading::read_party_names()
{
    auto const rows = TRY(table("party_names.tsv", { "party", "name" }));
    for (auto const& row : rows.rows()) {
        TRY(source(row));
        auto const code = TRY(party(row));
        auto const name = TRY(row.text("name"));
        auto const validity = TRY(row.validity());
        std::ranges::find(out_.parties, code, &Party::code)->names.push_back({ name, validity });
    }
    return rows.refuse_overlaps([](Row const& row) { return row.text("party").value(); });
}

namespace {

Result<List> read_list(Row const& row)
{
    constexpr std::pair<std::string_view, List> words[] {
        { "4(2)", List::law_enforcement_authorities },
        { "4(3)", List::national_central_units },
        { "4(4)", List::existing_structures },
        { "national", List::national },
        { "registry", List::registry },
    };
    auto const text = TRY(row.text("list"));
    for (auto const& [word, list] : words)
        if (word == text) return list;
    return row.wrong("list", "must be 4(2), 4(3), 4(4), national or registry");
}

} // namespace

Result<void> Reading::read_authorities()
{
    auto const rows = TRY(table("authorities.tsv", { "party", "list", "id", "name", "part-of" }));
    for (auto const& row : rows.rows()) {
        Authority each;
        each.id = TRY(row.text("id"));
        each.party = TRY(party(row));
        each.list = TRY(read_list(row));
        each.name = TRY(row.text("name"));
        each.part_of = TRY(row.text_or_none("part-of"));
        each.validity = TRY(row.validity());
        each.source = TRY(source(row));
        each.note = TRY(row.text_or_none("note"));
        out_.authorities.push_back(std::move(each));
    }
    TRY(refuse_loose_parts(rows));
    std::ranges::stable_sort(out_.authorities, {}, &Authority::party);
    return rows.refuse_overlaps([](Row const& row) {
        auto const list = row.text("list").value();
        auto const owner = list == "4(3)" ? row.text("party") : row.text("id");
        return list + " " + owner.value();
    });
}

/// part-of must name an authority of the same Party, and going up must end.
Result<void> Reading::refuse_loose_parts(Table const& table) const
{
    constexpr int depth_max = 8;
    for (std::size_t i = 0; i < out_.authorities.size(); ++i) {
        auto const* at = &out_.authorities[i];
        for (int depth = 0; !at->part_of.empty(); ++depth) {
            auto const up = std::ranges::find_if(out_.authorities, [&](Authority const& each) {
                return each.id == at->part_of && each.party == at->party;
            });
            if (up == out_.authorities.end())
                return table.rows()[i].wrong("part-of", at->part_of + " is not in this table");
            if (depth == depth_max)
                return table.rows()[i].wrong("part-of",
                    fmt::format("leads in a circle or over more than {} steps", depth_max));
            at = &*up;
        }
    }
    return {};
}

Result<void> Reading::read_classification()
{
    auto const rows = TRY(table("classification.tsv", { "party", "level", "marking" }));
    for (auto const& row : rows.rows()) {
        Marking each;
        each.party = TRY(party(row));
        each.level = TRY(row.integer("level", 1, level_max));
        each.text = TRY(row.text_or_none("marking"));
        each.validity = TRY(row.validity());
        each.source = TRY(source(row));
        each.note = TRY(row.text_or_none("note"));
        out_.markings.push_back(std::move(each));
    }
    return rows.refuse_overlaps([](Row const& row) {
        return row.text("party").value() + " level " + row.text("level").value();
    });
}

namespace {

Result<Towards> read_towards(Row const& row)
{
    auto const text = TRY(row.text("towards"));
    if (text == "any") return Towards::any;
    if (text == "eu-members") return Towards::eu_members;
    if (text == "not-read") return Towards::not_read;
    return row.wrong("towards", "must be any, eu-members or not-read");
}

} // namespace

Result<void> Reading::read_reservations()
{
    auto const rows
        = TRY(table("reservations.tsv", { "id", "party", "provisions", "towards", "meaning" }));
    for (auto const& row : rows.rows()) {
        auto const id = TRY(row.text("id"));
        Reservation each;
        each.id = id;
        each.party = TRY(party(row));
        each.provisions = split_words(TRY(row.text("provisions")));
        each.towards = TRY(read_towards(row));
        each.meaning = TRY(row.text("meaning"));
        each.validity = TRY(row.validity());
        each.source = TRY(intern(row, "reservation " + id));
        each.reference = TRY(row.text("source"));
        each.note = TRY(row.text_or_none("note"));
        out_.reservations.push_back(std::move(each));
    }
    for (auto const id : reserved_ids)
        if (std::ranges::find(out_.reservations, id, &Reservation::id) == out_.reservations.end())
            return Error { Error::Kind::malformed,
                fmt::format("reservations.tsv has no row {}, by which a provision judges", id),
                "reservations.tsv" };
    return rows.refuse_overlaps([](Row const& row) { return row.text("id").value(); });
}

Result<void> Reading::read_readiness()
{
    auto const rows = TRY(table("readiness.tsv", { "party", "exact" }));
    for (auto const& row : rows.rows()) {
        auto const exact = TRY(row.text("exact"));
        if (exact != "exact" && exact != "at-latest")
            return row.wrong("exact", "must be exact or at-latest");
        Readiness each;
        each.party = TRY(party(row));
        each.exact = exact == "exact";
        each.validity = TRY(row.validity());
        each.source = TRY(source(row));
        each.note = TRY(row.text_or_none("note"));
        out_.readiness.push_back(std::move(each));
    }
    return rows.refuse_overlaps([](Row const& row) { return row.text("party").value(); });
}

Result<void> Reading::read_judicial()
{
    auto const rows = TRY(table("judicial.tsv", { "party", "kind", "reserved" }));
    for (auto const& row : rows.rows()) {
        auto const kind = json::from_word<Kind>(TRY(row.text("kind")));
        if (!kind) return row.wrong("kind", "is no kind of request");
        JudicialReservation each;
        each.party = TRY(party(row));
        each.kind = *kind;
        each.reserved = TRY(row.yes_or_no("reserved"));
        each.validity = TRY(row.validity());
        each.source = TRY(source(row));
        each.note = TRY(row.text_or_none("note"));
        out_.judicial.push_back(std::move(each));
    }
    return rows.refuse_overlaps(
        [](Row const& row) { return row.text("party").value() + " " + row.text("kind").value(); });
}

Result<void> Reading::read_national_law()
{
    auto const rows = TRY(table("national_law.tsv", { "party", "rule", "value" }));
    for (auto const& row : rows.rows()) {
        auto const rule = json::from_word<NationalRule>(TRY(row.text("rule")));
        if (!rule)
            return row.wrong("rule", "is nothing that the Convention leaves to national law");
        NationalLaw each;
        each.party = TRY(party(row));
        each.rule = *rule;
        each.value = TRY(row.yes_or_no("value"));
        each.validity = TRY(row.validity());
        each.source = TRY(source(row));
        each.note = TRY(row.text_or_none("note"));
        out_.national.push_back(std::move(each));
    }
    return rows.refuse_overlaps(
        [](Row const& row) { return row.text("party").value() + " " + row.text("rule").value(); });
}

Result<Tables> Reading::read()
{
    TRY(read_convention());
    TRY(read_parties());
    TRY(read_party_names());
    TRY(read_authorities());
    TRY(read_classification());
    TRY(read_reservations());
    TRY(read_readiness());
    TRY(read_judicial());
    TRY(read_national_law());
    TRY(read_suspensions());
    TRY(read_agreements());
    TRY(read_agreement_terms());
    return std::move(out_);
}

namespace {

Result<void> refuse_other_files(Files const& files)
{
    auto const wrong = [](std::string_view name, std::string_view what) {
        return Error { Error::Kind::malformed, fmt::format("{} {}", name, what),
            std::string { name } };
    };
    for (auto const name : files_of_law) {
        auto const count = std::ranges::count(files, name, &File::name);
        if (count != 1)
            return wrong(name,
                count == 0 ? "is missing from the data of the law"
                           : "stands twice in the data of the law");
    }
    for (auto const& file : files)
        if (std::ranges::find(files_of_law, file.name) == std::end(files_of_law))
            return wrong(file.name, "is no file of the data of the law");
    return {};
}

std::string version_of(Files const& files, HashFunction const& hash)
{
    std::string all { rules_edition }; // a hash over the source of every rule
    auto const add
        = [&](std::string_view text) { all += fmt::format("\n{}:{}", text.size(), text); };
    for (auto const* each : provisions()) {
        for (auto const text : { each->id, each->title, each->law, each->holds, each->fails,
                 each->not_applicable, each->duty, each->delegated })
            add(text);
        add(fmt::format("{} {} {}", json::word(each->effect), to_text(each->validity.from),
            to_text(each->validity.until)));
    }
    for (auto const name : files_of_law) {
        add(name);
        add(std::ranges::find(files, name, &File::name)->text);
    }
    return hash(all);
}

} // namespace

std::span<std::string_view const> law_file_names()
{
    return files_of_law;
}

Result<Law> read_law(Files const& files, HashFunction const& hash)
{
    TRY(refuse_other_files(files));
    auto tables = TRY(Reading { files }.read());
    tables.version = version_of(files, hash);
    tables.provisions.resize(measure_count);
    for (auto const* each : provisions())
        for (std::size_t measure = 0; measure < measure_count; ++measure)
            if (each->measures.has(static_cast<Measure>(measure)))
                tables.provisions[measure].push_back(each);
    for (auto const& list : tables.provisions) {
        auto& governing = tables.governing.emplace_back();
        for (auto const* each : list)
            governing.push_back({ each->judge, each, each->validity,
                Combination::first_bit(each->effect), each->term != nullptr });
    }
    return Law { std::move(tables) };
}

} // namespace comity::treaty
