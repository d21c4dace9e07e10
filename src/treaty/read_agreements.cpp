#include "treaty/deadline.h"
#include "treaty/reading.h"

#include "base/json.h"

#include <fmt/format.h>

#include <charconv>

namespace comity::treaty {

TermValue value_of(AgreementTerm term)
{
    switch (term) {
    case AgreementTerm::pursuit_offences:
    case AgreementTerm::surveillance_urgent_offences: return TermValue::offences;
    case AgreementTerm::pursuit_area_metres:
    case AgreementTerm::pursuit_time_minutes:
    case AgreementTerm::security_level:
    case AgreementTerm::wire_level: return TermValue::number;
    case AgreementTerm::pursuit_services:
    case AgreementTerm::surveillance_authority:
    case AgreementTerm::surveillance_services: return TermValue::authorities;
    default: return TermValue::flag;
    }
}

namespace {

Result<std::int64_t> read_number(Row const& row, AgreementTerm term)
{
    auto const type = value_of(term);
    if (type == TermValue::authorities) return 0;
    if (type == TermValue::flag) return TRY(row.yes_or_no("value"));
    bool const level = term == AgreementTerm::security_level || term == AgreementTerm::wire_level;
    if (type == TermValue::number)
        return TRY(row.integer("value", 1, level ? level_max : 1'000'000));
    auto const model = json::from_word<OffenceModel>(TRY(row.text("value")));
    if (!model) return row.wrong("value", "must be listed or extraditable");
    return static_cast<std::int64_t>(*model);
}

/// "28" or "13,14", or "all".
Result<std::vector<int>> read_articles(Row const& row)
{
    std::vector<int> out;
    auto const text = TRY(row.text("articles"));
    if (text == "all") return out;
    for (auto const& word : split_words(text)) {
        int article = 0;
        auto const* end = word.data() + word.size();
        auto const read = std::from_chars(word.data(), end, article);
        if (read.ec != std::errc {} || read.ptr != end || article < 1 || article > 42)
            return row.wrong("articles", "must be all, or numbers from 1 to 42");
        out.push_back(article);
    }
    return out;
}

/// The date on which a notice takes effect stands beside the date of its receipt and is computed
/// from it, so that neither can be mistyped.
Result<void> refuse_other_term(Row const& row, std::string_view column, Date received, Date written)
{
    auto const computed = due_date(term::suspension.amount, received);
    if (computed == written) return {};
    return row.wrong(column,
        fmt::format(
            "must be {}, {} after receipt", to_text(computed), in_words(term::suspension.amount)));
}

bool overlap(Validity const& one, Validity const& other)
{
    return one.from < other.until && other.from < one.until;
}

/// For either Party whose officials act, at most one row speaks on a date.
bool collide(AgreementRow const& one, AgreementRow const& other)
{
    if (one.term != other.term || !overlap(one.validity, other.validity)) return false;
    auto const [a, b] = one.parties;
    return (one.binds(a, b) && other.binds(a, b)) || (one.binds(b, a) && other.binds(b, a));
}

} // namespace

Result<void> Reading::read_suspensions()
{
    auto const rows
        = TRY(table("suspensions.tsv", { "party", "articles", "received", "lifting-received" }));
    for (auto const& row : rows.rows()) {
        Suspension each;
        each.party = TRY(party(row));
        each.articles = TRY(read_articles(row));
        each.received = TRY(row.date("received"));
        each.validity = TRY(row.validity());
        TRY(refuse_other_term(row, "from", each.received, each.validity.from));
        auto const lifted = TRY(row.date_or_unknown("lifting-received"));
        if (lifted) TRY(refuse_other_term(row, "until", *lifted, each.validity.until));
        if (!lifted && each.validity.until != open_end)
            return row.wrong("until", "must be open while no notice of lifting was received");
        each.source = TRY(source(row));
        each.note = TRY(row.text_or_none("note"));
        out_.suspensions.push_back(std::move(each));
    }
    return rows.refuse_overlaps([](Row const& row) {
        return row.text("party").value() + " " + row.text("articles").value();
    });
}

Result<void> Reading::read_agreements()
{
    auto const rows = TRY(table("agreements.tsv", { "id", "parties", "title" }));
    for (auto const& row : rows.rows()) {
        auto const codes = split_words(TRY(row.text("parties")));
        if (codes.size() != 2) return row.wrong("parties", "must name two Parties: BG,RS");
        Agreement each;
        each.id = TRY(row.text("id"));
        for (std::size_t i = 0; i < 2; ++i) {
            auto const code = PartyCode::parse(codes[i]);
            if (!code.ok()) return row.wrong("parties", code.error().what);
            each.parties[i] = TRY(known_party(row, "parties", code.value()));
        }
        if (each.parties[0] == each.parties[1])
            return row.wrong("parties", "names one Party twice");
        each.title = TRY(row.text("title"));
        each.validity = TRY(row.validity());
        each.reference = TRY(row.text("source"));
        auto const test = each.reference.starts_with("TEST") ? "TEST " : "";
        each.source = TRY(intern(row, fmt::format("{}agreement {}", test, each.id)));
        each.note = TRY(row.text_or_none("note"));
        out_.agreements.push_back(std::move(each));
    }
    return rows.refuse_overlaps([](Row const& row) { return row.text("id").value(); });
}

Result<AgreementRow> Reading::read_agreement_term(Row const& row)
{
    auto const id = TRY(row.text("agreement"));
    auto const agreement = std::ranges::find(out_.agreements, id, &Agreement::id);
    if (agreement == out_.agreements.end())
        return row.wrong("agreement", id + " is not in agreements.tsv");
    auto const term = json::from_word<AgreementTerm>(TRY(row.text("term")));
    if (!term) return row.wrong("term", "is nothing that an implementing agreement sets");
    AgreementRow each;
    each.agreement = static_cast<std::size_t>(agreement - out_.agreements.begin());
    each.parties = agreement->parties;
    each.term = *term;
    if (TRY(row.text("only-for")) != "both") each.only_for = TRY(row.party("only-for"));
    if (each.only_for && std::ranges::find(each.parties, *each.only_for) == each.parties.end())
        return row.wrong("only-for", "is no Party of the agreement, nor both");
    auto const value = TRY(row.text("value"));
    each.is_public = value != "not-public";
    if (each.is_public) each.number = TRY(read_number(row, each.term));
    if (each.is_public && value_of(each.term) == TermValue::authorities)
        each.ids = split_words(value);
    each.validity = TRY(row.validity());
    if (each.validity.from < agreement->validity.from
        || each.validity.until > agreement->validity.until)
        return row.wrong("from", "lies outside the time of the agreement");
    each.source = agreement->source;
    each.reference = TRY(row.text("source"));
    each.note = TRY(row.text_or_none("note"));
    return each;
}

Result<void> Reading::read_agreement_terms()
{
    auto const rows
        = TRY(table("agreement_terms.tsv", { "agreement", "only-for", "term", "value" }));
    for (auto const& row : rows.rows()) {
        auto each = TRY(read_agreement_term(row));
        for (auto const& other : out_.agreement_terms)
            if (collide(each, other))
                return row.wrong("term", "has two values for the same Parties and time");
        out_.agreement_terms.push_back(std::move(each));
    }
    return {};
}

} // namespace comity::treaty
