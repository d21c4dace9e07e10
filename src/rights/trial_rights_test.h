#pragma once

#include "casework/trial_casework_test.h"
#include "rights/person.h"

/// Three States' nodes with casework and rights. All persons are TEST.
namespace comity::rights::trial {

using namespace casework::trial;
using casework::Wanted;

/// A node with the tables of this room too. Its clock never says the same twice.
struct Desk : Node {
    Rights rights;
    PersonRequests persons;

    explicit Desk(std::size_t which)
        : Desk(which, tables())
    {
    }
    /// With the tables of a room above.
    Desk(std::size_t which, std::vector<store::Migration> const& all)
        : Node(which, nullptr, all)
        , rights({ *store, *exchange, *casework, *vault, law() },
              { { keys.of.state, keys.of.unit, true, 365 } },
              [this] { return now += std::chrono::microseconds { 1 }; })
        , persons({ *store, *exchange, *casework, *vault, law() }, rights,
              National::read(national).take(), { { keys.of.state, keys.of.unit, true, 365 } },
              [this] { return now += std::chrono::microseconds { 1 }; })
    {
    }
    /// The law of Romania is known; of Bulgaria nobody found it.
    static constexpr std::string_view national
        = "party\tabout\tvalue\tfrom\tuntil\tsource\tnote\n"
          "BG\tanswer-days\tunknown\t2009-01-01\topen\tnone\tTEST\n"
          "RO\tanswer-days\t30\t2009-01-01\topen\tTEST\tTEST\n"
          "RO\tremedy\tSupervisory body TEST, Bucharest\t2009-01-01\topen\tTEST\tTEST\n";
    static std::vector<store::Migration> tables()
    {
        auto out = casework::trial::all_migrations();
        out.insert(out.end(), migrations.begin(), migrations.end());
        return out;
    }
    CaseProtection protection(std::string_view number)
    {
        return rights.of_case(number, "TEST").value();
    }
    std::string message(std::string_view number, std::size_t which)
    {
        return store->read([&](Transaction& t) { return casework::contents_of(t, number); })
            .value()
            .at(which)
            .message;
    }
    json::Value said(std::string_view number, std::size_t which)
    {
        return json::parse(opened(number).at(which).body.text).value();
    }
};

struct Three {
    Desk sofia { 0 }, bucharest { 1 }, belgrade { 2 };

    void carry()
    {
        std::array<Node*, 3> const nodes { &sofia, &bucharest, &belgrade };
        for (bool moved = true; moved;) {
            casework::trial::carry(nodes);
            moved = false;
            for (auto* desk : { &sofia, &bucharest, &belgrade })
                moved |= desk->rights.work().value() + desk->persons.work().value() > 0;
        }
    }
    void wait(std::chrono::hours time)
    {
        for (auto* desk : { &sofia, &bucharest, &belgrade }) desk->now += time;
    }
    /// Sofia asks Bucharest, which answers from its register.
    void answered()
    {
        add_vehicle(bucharest, "B 123 ABC");
        ASSERT_TRUE(sofia.casework->send(lawful(), "TEST").value().message);
        carry();
        ASSERT_EQ(sofia.row("2026-0417").state, casework::CaseState::answered);
    }
};

/// What a peer of bad will or with other software sends to Sofia; the state of its message there.
inline std::string send_letter(
    Three& states, Desk& from, message::Type type, json::Object const& said, bool personal)
{
    exchange::Outgoing out { type, "BG", { "X-1", {} } };
    out.legal_basis = { "PCC SEE", { "A31(4)(c)-1" }, "" };
    out.verdict = "permitted";
    out.purpose = "investigation";
    out.personal_data = personal;
    if (personal)
        out.retention = message::Retention { parse_date("2027-04-17").value(), "A31(4)(b)-1" };
    out.parts = { { json::word(type), message::schema_of(type), to_bytes(json::print(said)) } };
    auto const sealed = from.exchange->seal(std::move(out)).take();
    auto const id
        = from.store->write([&](Transaction& t) { return from.exchange->submit(t, sealed); })
              .value();
    states.carry();
    return from.store->read([&](Transaction& t) { return exchange::message_by_id(t, id); })
        .value()
        .state;
}

inline std::string send_correction(Three& states, Desk& from, message::Correction const& said)
{
    return send_letter(states, from, message::Type::correction, json::write(said).as_object(),
        !said.members.empty());
}

} // namespace comity::rights::trial
