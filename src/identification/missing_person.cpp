#include "casework/arrival.h"
#include "identification/answer.h"
#include "identification/kin.h"

#include <fmt/format.h>

#include <algorithm>

/// Missing persons: relatives with their consent, what asking would bring, the question about a
/// family and its answer, and what follows when a consent is withdrawn.
namespace comity::identification {

using exchange::Delivered;
using exchange::Disposition;
using message::Type;
using store::Transaction;

namespace {

constexpr std::string_view missing_person = "missing-person"; // what relatives are held for
constexpr std::int64_t profiles_assumed_max = 1'000'000'000;
constexpr std::size_t helps_max = 12;

Date day_of(Instant at)
{
    return std::chrono::floor<std::chrono::days>(at);
}

Error malformed(std::string field, std::string what)
{
    return { Error::Kind::malformed, std::move(what), std::move(field) };
}

/// Relatives that a family could have typed besides; those it has one of are left out.
std::vector<Relation> further_relations(FamilyDraft const& draft)
{
    using enum Relation;
    auto const has = [&](Relation relation) {
        return std::ranges::count(draft.relatives, relation, &Relative::relation) > 0;
    };
    std::vector<Relation> out;
    for (auto const single : { mother, father })
        if (!has(single)) out.push_back(single);
    if (has(child) && !has(other_parent)) out.push_back(other_parent);
    for (auto const many : { child, full_sibling, half_sibling_by_mother }) out.push_back(many);
    return out;
}

/// A family by its shape: members with a profile number are typed.
Result<dna::FamilyShape> shape_of(FamilyDraft const& draft)
{
    auto const family = TRY(family_of(draft));
    auto bare = family;
    for (auto& member : bare.members) member.profile_number.reset();
    dna::FamilyShape out;
    for (std::size_t i = 0; i < family.members.size(); ++i) {
        auto const& each = family.members[i];
        auto const place = [&](std::optional<std::string> const& parent) {
            std::optional<std::size_t> at;
            for (std::size_t k = 0; k < i; ++k)
                if (parent && family.members[k].member == *parent) at = k;
            return at;
        };
        out.question.pedigree.members.push_back(
            { each.member, place(each.father), place(each.mother) });
        out.typed.push_back(each.profile_number.has_value());
        if (each.member == family.missing_member) out.question.missing = i;
    }
    return out;
}

Result<std::vector<std::pair<std::string, dna::FamilyShape>>> further_shapes(
    FamilyDraft const& draft)
{
    std::vector<std::pair<std::string, dna::FamilyShape>> out;
    for (auto const relation : further_relations(draft)) {
        auto more = draft;
        more.relatives.push_back({ relation, "further relative" });
        auto shape = shape_of(more);
        if (shape.ok()) out.emplace_back(json::word(relation), shape.take()); // else: too many
    }
    return out;
}

} // namespace

Result<void> Identification::add_relative(RelativeDraft const& draft, std::string_view actor)
{
    auto profile = profile_of(draft.profile, rooms_.database.knowledge().table);
    if (!profile.ok()) return malformed("profile." + profile.error().field, profile.error().what);
    if (profile.value().category != dna::Category::relative)
        return malformed("profile.kind", "only relatives of missing persons are held here");
    auto const& consent = draft.consent;
    auto const today = day_of(clock_());
    if (consent.given_on > today)
        return malformed("consent.givenOn", "a consent that nobody gave yet");
    if (consent.valid_until <= today)
        return malformed("consent.validUntil", "the consent has ended");
    profile.value().consent = true;
    return rooms_.store.write([&](Transaction& t) {
        return rooms_.database.keep(t,
            { settings_.party, profile.value(), std::string { missing_person }, { "A20(1)-1" },
                consent.valid_until, consent.missing_person, consent },
            { std::string { actor }, consent.missing_person });
    });
}

Result<DnaDraft> Identification::with_relatives(DnaDraft const& draft) const
{
    if (!draft.family) {
        for (std::size_t i = 0; i < draft.profiles.size(); ++i)
            if (draft.profiles[i].kind == message::ProfileKind::relative)
                return malformed(fmt::format("profiles[{}].kind", i),
                    "a relative is asked about with the family, from the index of relatives "
                    "(A20(1)-1)");
        return draft;
    }
    if (!draft.profiles.empty()) return malformed("profiles", "a family brings its own profiles");
    TRY(rooms_.database.follow());
    auto out = draft;
    std::optional<Date> first_end;
    for (std::size_t i = 0; i < draft.family->relatives.size(); ++i) {
        auto const& number = draft.family->relatives[i].profile_number;
        auto const known = rooms_.database.relative(number);
        if (!known)
            return malformed(fmt::format("family.relatives[{}].profileNumber", i),
                fmt::format("no relative {} in our index", number.substr(0, 60)));
        auto profile = message_of(known->profile, rooms_.database.knowledge().table);
        auto const& consent = known->consent;
        if (draft.storage_asked.value_or(false) && !consent.kept_abroad.value_or(false))
            return malformed("storageAsked",
                fmt::format("{} agreed to a search, not to be kept by another Party (A20(2))",
                    number.substr(0, 60)));
        profile.consent = { consent.number, consent.given_on, consent.valid_until };
        if (!first_end || consent.valid_until < *first_end) first_end = consent.valid_until;
        out.profiles.push_back(std::move(profile));
    }
    TRY(family_of(*draft.family));
    if (draft.ground && !draft.ground->empty() && *draft.ground != missing_person)
        return malformed(
            "ground", "a relative gave consent to find a missing person, nothing else (A20(1)-1)");
    if (draft.erase_by && first_end && *first_end < *draft.erase_by)
        return malformed("eraseBy",
            fmt::format(
                "a relative's consent ends on {}: it is erased by then", to_text(*first_end)));
    return out;
}

/// Each profile that leaves is opened in the vault's log, and what left is known for ever.
Result<void> Identification::note_relatives(
    Transaction& transaction, DnaDraft const& draft, std::string const& message)
{
    for (auto const& each : draft.family->relatives) {
        auto const row = TRY(find_profile(transaction, settings_.party, each.profile_number));
        if (!row)
            return malformed("family.relatives",
                fmt::format("the consent of {} was withdrawn just now", each.profile_number));
        TRY(rooms_.database.read(transaction, *row, *draft.case_number));
        TRY(insert_sent_relative(
            transaction, { each.profile_number, message, *draft.to, *draft.case_number }));
    }
    return {};
}

Result<KinExpectation> Identification::expect(FamilyDraft const& draft, std::int64_t profiles) const
{
    if (profiles < 1 || profiles > profiles_assumed_max)
        return malformed(
            "profiles", fmt::format("{} profiles, 1 to {}", profiles, profiles_assumed_max));
    DnaDraft asked;
    asked.family = draft;
    auto const filled = TRY(with_relatives(asked));
    auto const& database = rooms_.database;
    auto const& table = database.knowledge().table;
    auto family = TRY(family_of(draft));
    KinExpectation out { std::move(family), profiles, kin_log10_ratio_min, 0, 0, {} };
    message::DnaRequest request {};
    request.profiles = filled.profiles;
    request.family = out.family;
    auto const question = TRY(question_of(request, table));
    dna::FamilyOptions options;
    options.settings = database.kin_settings();
    options.log10_ratio_min = kin_log10_ratio_min;
    auto const count = static_cast<std::uint64_t>(profiles);
    auto const loci = question.loci();
    auto const power
        = TRY(dna::family_power(database.population(), question, { { { loci, count } } }, options));
    out.chance_found = power.found;
    out.false_candidates = power.false_hits;
    auto const advice = TRY(dna::family_advice(database.population(), table, TRY(shape_of(draft)),
        TRY(further_shapes(draft)), loci, count, options));
    for (auto const& each : advice)
        if (out.helps.size() < helps_max)
            out.helps.push_back({ each.what, each.locus, each.power.found, each.power.false_hits });
    return out;
}

Result<void> Identification::compare_family(message::DnaRequest const& request, Answer& out) const
{
    auto& database = rooms_.database;
    auto const& table = database.knowledge().table;
    dna::FamilyOptions options;
    options.settings = database.kin_settings();
    options.log10_ratio_min = kin_log10_ratio_min;
    auto const searched = TRY(database.search_kin(TRY(question_of(request, table)), options));
    out.result.candidates.emplace();
    for (auto const& found : searched.found)
        if (out.result.candidates->size() < candidates_max)
            out.result.candidates->push_back(
                candidate_of(found, table, uuid_v7(clock_(), random_)));
    out.result.kin_evidence = evidence_of(searched, database.theta());
    if (searched.found.size() > out.result.candidates->size())
        out.result.matches_found = static_cast<std::uint32_t>(searched.found.size());
    if (!searched.found.empty()) out.result.result = message::Outcome::hit;
    return {};
}

Result<exchange::Sealed> Identification::seal_destruction(SentRelative const& sent)
{
    auto const row = TRY(rooms_.store.read(
        [&](Transaction& t) { return casework::find_case(t, sent.case_number); }));
    message::DestructionNotice const notice { { { sent.message } },
        message::DestructionGround::no_longer_needed, {},
        "A relative withdrew the consent that this rests on." };
    return rooms_.exchange.seal({ .type = Type::destruction_notice,
        .to = sent.party,
        .case_reference = { sent.case_number, {} },
        .legal_basis = { "PCC SEE", { "A31(4)(b)-2" }, rooms_.law.version() },
        .verdict = json::word(treaty::Verdict::permitted),
        .purpose = row ? row->purpose : std::string {},
        .personal_data = false,
        .parts = { { "destruction-notice", message::schema_of(Type::destruction_notice),
            to_bytes(json::to_text(notice)) } } });
}

Result<std::string> Identification::send_destruction(Transaction& transaction,
    SentRelative const& sent, exchange::Sealed const& sealed, casework::Officer const& officer)
{
    auto const now = clock_();
    auto id = TRY(rooms_.exchange.submit(transaction, sealed));
    TRY(casework::insert_event(transaction,
        { sent.case_number, now, now, "dna-consent-withdrawn", officer.name, id, { "A31(4)(b)-2" },
            { { "party", sent.party }, { "profile", sent.reference } } }));
    TRY(rooms_.casework.destroy(transaction, sent.message));
    TRY(delete_sent_relatives(transaction, sent.message));
    rooms_.casework.tell(transaction, sent.case_number);
    return id;
}

Result<Withdrawn> Identification::withdraw_consent(
    std::string_view reference, casework::Officer const& officer)
{
    TRY(rooms_.database.follow());
    auto const travelled
        = TRY(rooms_.store.read([&](Transaction& t) { return sent_relatives(t, reference); }));
    std::vector<exchange::Sealed> notices;
    for (auto const& sent : travelled) notices.push_back(TRY(seal_destruction(sent)));
    return rooms_.store.write([&](Transaction& t) -> Result<Withdrawn> {
        auto const row = TRY(find_profile(t, settings_.party, reference));
        if (!row || !rooms_.database.relative(reference))
            return Error { Error::Kind::not_found,
                fmt::format("no relative {} in our index", reference.substr(0, 60)), "reference" };
        if (TRY(sent_relatives(t, reference)).size() != travelled.size())
            return Error { Error::Kind::conflict, "the profile is just being sent: try again",
                "reference" };
        Withdrawn out;
        for (std::size_t i = 0; i < travelled.size(); ++i) {
            out.messages.push_back(TRY(send_destruction(t, travelled[i], notices[i], officer)));
            out.cases.push_back(travelled[i].case_number);
        }
        TRY(rooms_.database.destroy(t, *row, message::DestructionGround::no_longer_needed,
            { officer.account, row->case_number }));
        return out;
    });
}

/// A31(4)(b): what the sender wants destroyed goes at once; the signed receipt of its destruction
/// names the register's entry. What is no comparison of its own is kept for an officer.
Result<Disposition> Identification::receive_destruction(
    Transaction& transaction, Delivered const& delivered)
{
    auto const& manifest = delivered.manifest;
    auto const& from = manifest.from.state;
    auto const text = as_text(delivered.parts.at(0).content);
    auto const read = json::read_text<message::DestructionNotice>(text, json::Unknown::keep);
    if (!read.ok()) return casework::rejected(read.error());
    std::vector<std::string> not_ours;
    std::string number;
    for (std::size_t i = 0; i < read.value().messages.size(); ++i) {
        auto const& id = read.value().messages[i].id;
        auto const content = TRY(casework::find_content(transaction, id));
        auto const row = content ? TRY(casework::find_case(transaction, content->number))
                                 : std::optional<casework::CaseRow> {};
        // What we sent in that case is ours to keep.
        if (!row || row->kind != dna_kind || row->requesting != from
            || !TRY(exchange::came_in(transaction, id))) {
            not_ours.push_back(fmt::format("messages[{}]", i));
            continue;
        }
        number = row->number;
        TRY(rooms_.casework.destroy(transaction, id));
        TRY(delete_kept_family(transaction, id));
        TRY(casework::insert_event(transaction,
            { number, manifest.created_at, delivered.received_at, "dna-request-destroyed",
                casework::node_of(from), manifest.id, { "A31(4)(b)-2" }, { { "party", from } } }));
        rooms_.casework.tell(transaction, number);
    }
    auto const kept = rooms_.casework.keep(transaction, manifest, number, text);
    if (!kept.ok() && casework::is_fault_of_message(kept.error()))
        return casework::rejected(kept.error());
    if (!kept.ok()) return kept.error();
    auto const verdict
        = not_ours.empty() ? treaty::Verdict::permitted : treaty::Verdict::incomplete;
    return Disposition { json::word(verdict), rooms_.law.version(), {}, {}, {}, not_ours };
}

} // namespace comity::identification
