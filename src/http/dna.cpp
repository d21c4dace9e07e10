#include "http/dna.h"

#include "http/desk.h"
#include "search/dna/exchange_file.h"

#include <fmt/format.h>

namespace comity::http {
namespace {

using access::Action;
using access::Session;
using identification::ConfirmationDraft;
using identification::DnaDraft;
using identification::File;
using identification::Outcome;
namespace dna = search::dna;

constexpr std::size_t audit_pairs_max = 100;
constexpr std::size_t profiles_at_once_max = 10'000; // of one upload; the control line takes more

Result<Response> ok(json::Value const& value, int status = 200)
{
    return json_response(status, value);
}

Date today(DnaRooms const& rooms)
{
    return std::chrono::floor<std::chrono::days>(rooms.clock());
}

json::Array loci_of(dna::LocusTable const& table, dna::LocusMask mask)
{
    json::Array out;
    for (std::size_t i = 0; i < table.loci().size(); ++i)
        if ((mask & dna::bit_of(static_cast<dna::LocusNumber>(i))) != 0)
            out.emplace_back(table.loci()[i].name);
    return out;
}

/// What a form needs: loci, kits, the valid edition of the Interpol form; how large the files are.
Result<Response> read_dna(DnaRooms const& rooms)
{
    TRY(rooms.database.follow());
    auto const& table = rooms.database.knowledge().table;
    json::Array kits;
    for (auto const& kit : table.kits())
        kits.push_back(json::Object { { "name", kit.name }, { "loci", loci_of(table, kit.loci) } });
    auto const all = dna::LocusMask { 0 } - 1;
    return ok(json::Object { { "loci", loci_of(table, all) }, { "kits", kits },
        { "grounds",
            json::Array { "investigation-or-proceedings", "missing-person", "unidentified-body" } },
        { "profileKinds", json::write(json::words<message::ProfileKind>()) },
        { "formVersion", rooms.terms.form_on(today(rooms)) },
        { "nationalProfiles", rooms.database.size(File::national) },
        { "keptProfiles", rooms.database.size(File::kept) } });
}

json::Object step_view(Outcome const& outcome)
{
    json::Array const decisions { json::Object {
        { "what", "request" }, { "decision", treaty::write(outcome.decision) } } };
    bool const permitted
        = outcome.decision.verdict == treaty::Verdict::permitted && outcome.missing.empty();
    return { { "decisions", decisions }, { "missing", json::write(outcome.missing) },
        { "permitted", permitted } };
}

Result<Response> try_dna_request(DnaRooms const& rooms, Request const& request)
{
    return ok(step_view(TRY(rooms.identification.try_request(TRY(body_as<DnaDraft>(request))))));
}

Result<Response> send_dna_request(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<DnaDraft>(request));
    auto const outcome = TRY(rooms.identification.send(draft, officer_of(session)));
    auto out = step_view(outcome);
    if (outcome.message) out["messages"].emplace_array().emplace_back(*outcome.message);
    return ok(out, outcome.message ? 201 : 200);
}

Result<Response> read_dna_case(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const shown
        = TRY(rooms.identification.open_case(request.path_value("number"), officer_of(session)));
    return ok(json::write(shown));
}

Result<Response> confirm_dna_match(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<ConfirmationDraft>(request));
    auto const id = TRY(
        rooms.identification.confirm(request.path_value("number"), draft, officer_of(session)));
    return ok(json::Object { { "messageId", id } }, 201);
}

/// What he need not know is closed to him, with the provision that says so.
Result<Response> refused(Error const& error)
{
    if (error.kind != Error::Kind::not_permitted) return error;
    return closed_to({ error.field, error.what });
}

Result<Response> release_dna_result(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const number = request.path_value("number");
    auto const taken = rooms.identification.release(number, officer_of(session));
    if (!taken.ok()) return refused(taken.error());
    return step_response(taken.value());
}

Result<Response> order_dna_typing(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<identification::TypingDraft>(request));
    auto const number = request.path_value("number");
    auto const ordered = rooms.identification.order_typing(number, draft, officer_of(session));
    if (!ordered.ok()) return refused(ordered.error());
    return ok(json::Object { { "loci", json::write(ordered.value()) } }, 201);
}

struct NewProfiles {
    std::string table; ///< Comma separated, with a heading (search/dna/exchange_file.h).
    Date erase_by;
};
BOOST_DESCRIBE_STRUCT(NewProfiles, (), (table, erase_by))

Result<Response> add_dna_profiles(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const fresh = TRY(body_as<NewProfiles>(request));
    auto read = dna::read_csv(fresh.table, rooms.database.knowledge().table);
    if (!read.ok()) return Error { read.error().kind, read.error().what, "table" };
    auto const& profiles = read.value().profiles;
    if (profiles.size() > profiles_at_once_max)
        return Error { Error::Kind::too_large,
            fmt::format("{} profiles, {} at most at once", profiles.size(), profiles_at_once_max),
            "table" };
    if (fresh.erase_by <= today(rooms))
        return Error { Error::Kind::malformed, "the last day has come already", "eraseBy" };
    TRY(rooms.identification.add(profiles, fresh.erase_by, session.account.display_name));
    return ok(json::Object { { "added", profiles.size() },
                  { "notCarried", json::write(read.value().not_carried) } },
        201);
}

/// The index of relatives: numbers and consents, no loci.
Result<Response> list_dna_relatives(DnaRooms const& rooms, Request const&)
{
    TRY(rooms.database.follow());
    json::Array out;
    for (auto const& each : rooms.database.relatives())
        out.push_back(json::Object { { "profileNumber", each.profile.reference },
            { "loci", each.profile.genotype.size() }, { "consent", json::write(each.consent) } });
    return ok(json::Object { { "relatives", out },
        { "relations", json::write(json::words<identification::Relation>()) } });
}

Result<Response> add_dna_relative(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const draft = TRY(body_as<identification::RelativeDraft>(request));
    TRY(rooms.identification.add_relative(draft, session.account.display_name));
    return ok(json::Object { { "profileNumber", draft.profile.profile_number } }, 201);
}

Result<Response> withdraw_dna_consent(
    DnaRooms const& rooms, Request const& request, Session const& session)
{
    auto const withdrawn = TRY(rooms.identification.withdraw_consent(
        request.path_value("reference"), officer_of(session)));
    return ok(json::write(withdrawn));
}

struct Expecting {
    identification::FamilyDraft family;
    std::int64_t profiles;
};
BOOST_DESCRIBE_STRUCT(Expecting, (), (family, profiles))

Result<Response> expect_kin(DnaRooms const& rooms, Request const& request)
{
    auto const asked = TRY(body_as<Expecting>(request));
    auto const expected = TRY(rooms.identification.expect(asked.family, asked.profiles));
    json::Array helps;
    for (auto const& each : expected.helps)
        helps.push_back(json::Object { { "what", each.what }, { "locus", each.locus },
            { "chanceFound", each.chance_found }, { "falseCandidates", each.false_candidates } });
    return ok(json::Object { { "family", json::write(expected.family) },
        { "profiles", expected.profiles }, { "leastLog10Ratio", expected.least_log_10_ratio },
        { "chanceFound", expected.chance_found }, { "falseCandidates", expected.false_candidates },
        { "helps", helps } });
}

struct AuditDraft {
    dna::Category category;
};
BOOST_DESCRIBE_STRUCT(AuditDraft, (), (category))

json::Object audit_view(
    DnaRooms const& rooms, dna::Category category, std::string_view rules, dna::Audit const& it)
{
    json::Array pairs;
    for (auto const& pair : it.found) {
        if (pairs.size() == audit_pairs_max) break;
        auto const name = [&](dna::ProfileNumber number) {
            return rooms.database.reference_of(File::national, category, number);
        };
        pairs.push_back(json::Object { { "one", name(pair.one) }, { "other", name(pair.other) },
            { "quality", pair.comparison.quality }, { "compared", pair.comparison.compared },
            { "matching", pair.comparison.matching } });
    }
    return { { "category", json::word(category) }, { "rules", rules },
        { "population", rooms.database.population().name }, { "theta", rooms.database.theta() },
        { "profiles", it.profiles }, { "pairs", it.pairs }, { "fullObserved", it.full_observed },
        { "fullExpected", it.full_expected }, { "nearObserved", it.near_observed },
        { "nearExpected", it.near_expected }, { "found", pairs } };
}

json::Object progress_view(DnaRooms const& rooms, identification::AuditState const& state)
{
    json::Object out { { "category", json::word(state.category) }, { "running", state.running },
        { "done", state.done }, { "all", state.all }, { "pairsFound", state.pairs } };
    if (state.audit) out["audit"] = audit_view(rooms, state.category, state.rules, *state.audit);
    return out;
}

/// Of one category: persons found among stains are what a file is for.
Result<Response> audit_dna_profiles(DnaRooms const& rooms, Request const& request)
{
    auto const category = TRY(body_as<AuditDraft>(request)).category;
    auto const on = today(rooms);
    auto const rules = TRY(rooms.database.knowledge().rules_named(
        rooms.terms.rules_between(rooms.party, rooms.party, on), on));
    if (rooms.database.size(File::national, category) > rooms.audited_at_once_max)
        return ok(progress_view(rooms, TRY(rooms.audits.begin(category, rules))), 202);
    return ok(audit_view(rooms, category, fmt::format("{} {}", rules.name, rules.version),
        TRY(rooms.database.audit(category, rules))));
}

/// How far the audit of a large file is, and what it found.
Result<Response> read_dna_audit(DnaRooms const& rooms, Request const&)
{
    auto const state = rooms.audits.state();
    if (!state) return Error { Error::Kind::not_found, "no large file was audited yet", "" };
    if (state->error) return *state->error;
    return ok(progress_view(rooms, *state));
}

} // namespace

std::vector<Endpoint> dna_endpoints(DnaRooms const& rooms)
{
    auto const with = [rooms](auto function) -> EndpointHandler {
        return [rooms, function](
                   Request const& request, Session const*) { return function(rooms, request); };
    };
    auto const by_officer = [rooms](auto function) -> EndpointHandler {
        return [rooms, function](Request const& request, Session const* session) {
            MUST(session != nullptr);
            return function(rooms, request, *session);
        };
    };
    auto const plain = [rooms](Request const&, Session const*) { return read_dna(rooms); };
    return {
        { "GET", "/v1/dna", "read_dna", Action::read_law, plain },
        { "POST", "/v1/dna/decisions", "try_dna_request", Action::send_request,
            with(try_dna_request) },
        { "POST", "/v1/dna/requests", "send_dna_request", Action::send_request,
            by_officer(send_dna_request) },
        { "GET", "/v1/dna/cases/{number}", "read_dna_case", Action::read_cases,
            by_officer(read_dna_case) },
        { "POST", "/v1/dna/cases/{number}/confirmations", "confirm_dna_match", Action::decide_case,
            by_officer(confirm_dna_match) },
        { "POST", "/v1/dna/cases/{number}/results", "release_dna_result", Action::decide_case,
            by_officer(release_dna_result) },
        { "POST", "/v1/dna/cases/{number}/typings", "order_dna_typing", Action::decide_case,
            by_officer(order_dna_typing) },
        { "POST", "/v1/dna/profiles", "add_dna_profiles", Action::decide_case,
            by_officer(add_dna_profiles) },
        { "GET", "/v1/dna/relatives", "list_dna_relatives", Action::send_request,
            with(list_dna_relatives) },
        { "POST", "/v1/dna/relatives", "add_dna_relative", Action::decide_case,
            by_officer(add_dna_relative) },
        { "POST", "/v1/dna/relatives/{reference}/withdrawal", "withdraw_dna_consent",
            Action::decide_case, by_officer(withdraw_dna_consent) },
        { "POST", "/v1/dna/kin/expectations", "expect_kin", Action::send_request,
            with(expect_kin) },
        { "POST", "/v1/dna/audits", "audit_dna_profiles", Action::decide_case,
            with(audit_dna_profiles) },
        { "GET", "/v1/dna/audits", "read_dna_audit", Action::decide_case, with(read_dna_audit) },
    };
}

} // namespace comity::http
