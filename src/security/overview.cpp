#include "security/overview.h"

#include <fmt/format.h>

#include <algorithm>

namespace comity::security {

using store::Transaction;
using treaty::Law;
using treaty::PartyCode;

namespace {

bool same_party(PartyLevels const& row, std::string_view own)
{
    return row.party == own;
}

LevelCell cell_of(Law const& law, PartyCode party, int level, Date on)
{
    LevelCell out { level };
    auto const* marking = law.marking(party, level, on);
    if (!marking) return out;
    if (!marking->text.empty()) out.marking = marking->text;
    out.source = law.source(marking->source);
    return out;
}

void tell_ways(LevelCell& cell, treaty::Pair const& there, treaty::Pair const& back)
{
    auto const to = treaty::channel_between(there, cell.level);
    cell.to_them = json::word(to.channel);
    cell.provision = to.provision;
    cell.reason = to.reason;
    cell.from_them = json::word(treaty::channel_between(back, cell.level).channel);
}

bool has_word(Law const& law, PartyCode party, std::string_view marking, int but, Date on)
{
    return std::ranges::any_of(law.markings(party, marking, on),
        [&](treaty::Marking const* each) { return each->level != but; });
}

Mapping mapping_of(Law const& law, treaty::Marking const& marking, std::string_view word, Date on)
{
    Mapping out { marking.party.text(), marking.level, marking.text, law.source(marking.source) };
    for (auto const& party : law.parties()) {
        if (party.code == marking.party) continue;
        auto const cell = cell_of(law, party.code, marking.level, on);
        out.equivalents.push_back({ party.code.text(), cell.marking, cell.source,
            has_word(law, party.code, word, marking.level, on) });
    }
    return out;
}

Error no_such_marking(Law const& law, PartyCode party, std::string_view marking, Date on)
{
    std::string known;
    for (int level = 1; level <= treaty::level_max; ++level)
        if (auto const* each = law.marking(party, level, on); each && !each->text.empty())
            known += fmt::format(" [{}]", each->text);
    return { Error::Kind::not_found,
        fmt::format("{} has no marking '{}'; it has{}", party.text(), marking,
            known.empty() ? " none" : known),
        "marking" };
}

std::vector<ClassifiedItem> items_of(
    Transaction& t, std::vector<casework::ContentRow> const& contents)
{
    std::vector<ClassifiedItem> out;
    for (auto const& each : contents) {
        auto const message = exchange::message_by_id(t, each.message);
        if (!message.ok()) continue; // a draft or a call: nothing that left or came
        out.push_back({ each.message, each.type, message.value().direction, message.value().peer,
            each.number, each.level, message.value().at });
    }
    return out;
}

NoticeView view_of(NoticeRow const& row, Instant now)
{
    auto const until = row.settled_at.value_or(now);
    auto const age = std::chrono::duration_cast<std::chrono::seconds>(until - row.at).count();
    return { row.place, row.sent, row.kind, row.party, row.item, row.case_number, row.level_before,
        row.level_after, row.at, row.state, row.settled_at, row.copies_marked, row.copies_missing,
        age, row.settled_by };
}

PacketView view_of(exchange::Stored const& packet)
{
    PacketView out { packet.id, packet.type, packet.direction, packet.peer, packet.state,
        packet.seq };
    auto const manifest
        = json::read_text<message::Manifest>(as_text(packet.manifest), json::Unknown::keep);
    if (manifest.ok()) out.level = manifest.value().classification.level;
    out.at = packet.at;
    out.receipted = !packet.receipt.empty();
    return out;
}

} // namespace

Rules rules_on(Law const& law, std::string const& own, Date on)
{
    Rules out { on, own };
    Instant const noon { on + std::chrono::hours { 12 } };
    auto const us = PartyCode::parse(own);
    for (auto const& party : law.parties()) {
        PartyLevels row { party.code.text() };
        for (int level = 1; level <= treaty::level_max; ++level) {
            row.levels.push_back(cell_of(law, party.code, level, on));
            if (!us.ok() || same_party(row, own)) continue;
            tell_ways(row.levels.back(), treaty::resolve(law, us.value(), party.code, noon),
                treaty::resolve(law, party.code, us.value(), noon));
        }
        out.matrix.push_back(std::move(row));
    }
    auto const& tables = law.tables();
    for (auto const& term : tables.agreement_terms) {
        if (term.term != treaty::AgreementTerm::security_level
            && term.term != treaty::AgreementTerm::wire_level)
            continue;
        SecurityAgreement each { { term.parties[0].text(), term.parties[1].text() },
            json::word(term.term), {}, tables.agreements.at(term.agreement).title,
            law.source(term.source), term.validity.from };
        if (term.is_public) each.level = term.number;
        if (term.validity.until != treaty::open_end) each.until = term.validity.until;
        each.in_force = term.validity.covers(on);
        out.agreements.push_back(std::move(each));
    }
    return out;
}

Result<std::vector<Mapping>> map_marking(
    Law const& law, std::string_view party, std::string_view marking, Date on)
{
    auto const code = PartyCode::parse(party);
    if (!code.ok() || !law.party(code.value()))
        return Error { Error::Kind::malformed, "a Party to the Convention, such as RO", "party" };
    if (marking.empty() || marking.size() > marking_bytes_max)
        return Error { Error::Kind::malformed, fmt::format("1 to {} bytes", marking_bytes_max),
            "marking" };
    auto const found = law.markings(code.value(), marking, on);
    if (found.empty()) return no_such_marking(law, code.value(), marking, on);
    std::vector<Mapping> out;
    for (auto const* each : found) out.push_back(mapping_of(law, *each, marking, on));
    return out;
}

Result<Overview> oversee(store::Store& store, Instant now)
{
    return store.read([&](Transaction& t) -> Result<Overview> {
        Overview out { now };
        out.share = TRY(casework::contents_by_level(t));
        out.items = items_of(t, TRY(casework::classified_contents(t, listed_max)));
        for (auto const& each : TRY(list_notices(t, listed_max))) {
            out.notices.push_back(view_of(each, now));
            out.notices.back().chases = std::ssize(TRY(chases_of(t, each.place)));
        }
        for (auto const& each : TRY(exchange::packets(t, listed_max)))
            out.packets.push_back(view_of(each));
        out.exports = TRY(casework::count_exports(t, Instant {}, now + std::chrono::hours { 1 }));
        out.newest_exports = TRY(casework::newest_exports(t, listed_max));
        return out;
    });
}

} // namespace comity::security
