#pragma once

#include "casework/trial_casework_test.h"
#include "identification/identification.h"

/// Two States' nodes that compare profiles, for tests. All profiles are made up and marked TEST.
namespace comity::identification::trial {

using namespace casework::trial;

inline dna::Knowledge const& knowledge()
{
    static auto const read = dna::Knowledge::read("data/dna").take();
    return read;
}

inline Terms const& terms()
{
    static auto const read = Terms::read("data/dna").take();
    return read;
}

inline std::vector<store::Migration> tables()
{
    auto out = all_migrations();
    out.insert(out.end(), identification::migrations.begin(), identification::migrations.end());
    return out;
}

struct Laboratory {
    exchange::StateKeys const& keys;
    Instant now = start;
    ScratchFolder folder;
    std::unique_ptr<store::Store> store;
    std::unique_ptr<ledger::Ledger> ledger;
    std::unique_ptr<exchange::Exchange> exchange;
    std::unique_ptr<protection::Vault> vault;
    std::unique_ptr<casework::Casework> casework;
    std::unique_ptr<ProfileDatabase> database;
    std::unique_ptr<Identification> identification;

    explicit Laboratory(std::size_t which, bool lawful = true)
        : Laboratory(which, nullptr, lawful)
    {
    }
    /// One more process of the same State, on the database and the key file of the first.
    Laboratory(std::size_t which, Laboratory const* first, bool lawful = true)
        : keys(founding().states[which])
        , store(store::Store::open(store::trial::address((first ? first : this)->folder / "db"),
              tables(), store::Writer::caller)
                  .take())
        , ledger(ledger::Ledger::open(*store, keys.register_log, keys.register_key).take())
        , exchange(std::make_unique<exchange::Exchange>(
              *store, *ledger, founding().trust(start),
              exchange::Self { keys.of.state, keys.of.unit, keys.seal, keys.sealing },
              [this] { return now; }, crypto::system_random()))
        , vault(protection::Vault::open(
              *store, *ledger,
              { { (first ? first : this)->folder / "vault.keys", {} }, keys.of.state,
                  "Europe/Sofia" },
              crypto::Key256 { 7 }, [this] { return now; }, crypto::system_random())
                  .take())
    {
        open_database();
        make_identification({ keys.of.state, keys.of.unit, true, lawful, lawful, 365 });
    }
    void make_identification(Settings settings)
    {
        casework = std::make_unique<casework::Casework>(*store, *ledger, *exchange, *vault, law(),
            casework::Settings { keys.of.state, keys.of.unit, true, 365 }, [this] { return now; });
        identification = std::make_unique<Identification>(
            Identification::Rooms {
                *store, *exchange, *casework, *vault, law(), *database, terms() },
            std::move(settings), [this] { return now; }, crypto::system_random());
    }
    /// As at the start of a node.
    void open_database()
    {
        database
            = ProfileDatabase::open(*store, *vault, knowledge(), { keys.of.state, 0.01 }).take();
    }
    /// What another process of the State has in memory.
    std::unique_ptr<ProfileDatabase> other_memory()
    {
        return ProfileDatabase::open(*store, *vault, knowledge(), { keys.of.state, 0.01 }).take();
    }
    casework::CaseRow row(std::string_view number)
    {
        return store->read([&](Transaction& t) { return casework::find_case(t, number); })
            .value()
            .value();
    }
    std::vector<std::string> acts(std::string_view number)
    {
        std::vector<std::string> out;
        for (auto const& event :
            store->read([&](Transaction& t) { return casework::events_of(t, number); }).value())
            out.push_back(event.act);
        return out;
    }
    std::vector<message::DnaResult> results(std::string_view number)
    {
        std::vector<message::DnaResult> out;
        for (auto const& each : identification->open_case(number, "TEST").value().results)
            out.push_back(each.result);
        return out;
    }
};

inline bool carry_one(Laboratory& from, Laboratory& to)
{
    auto const& state = to.keys.of.state;
    auto const& own = from.keys.of.state;
    carry_files(from, to);
    EXPECT_TRUE(from.exchange->number(state).ok());
    auto const load = from.exchange->load(state).value();
    if (load.first_under_way != 0) {
        auto const message = from.exchange->under_way(state, load.first_under_way).value();
        auto const receipt = to.exchange->receive(message.envelope, own).value();
        EXPECT_TRUE(from.exchange->acknowledge(message.id, receipt).ok());
    }
    for (auto const& receipt : from.exchange->receipts_for(state).value()) {
        EXPECT_TRUE(to.exchange->take_receipt(receipt.bytes, own).ok());
        EXPECT_TRUE(from.exchange->receipt_taken(receipt).ok());
    }
    return load.first_under_way != 0;
}

struct Laboratories {
    Laboratory sofia { 0 }, bucharest { 1 };

    /// Until nothing moves any more.
    void carry()
    {
        for (bool moved = true; moved;) {
            moved = carry_one(sofia, bucharest);
            moved |= carry_one(bucharest, sofia);
            for (auto* each : { &sofia, &bucharest })
                moved |= each->identification->work().value() > 0;
        }
    }
};

/// Twelve loci of the European Standard Set; `at_d3` tells persons apart.
inline dna::Profile profile(std::string reference, std::string const& at_d3, dna::Category category)
{
    auto const& table = knowledge().table;
    std::vector<dna::Typing> typings;
    auto const add = [&](std::string_view name, std::string_view first, std::string_view second) {
        auto const number = table.find(name).value();
        auto const& locus = table.loci()[number];
        typings.push_back(dna::make_typing(number,
            { dna::parse_allele(first, locus).value(), dna::parse_allele(second, locus).value() })
                .value());
    };
    add("D3S1358", at_d3, "18");
    add("VWA", "17", "18");
    add("D8S1179", "12", "13");
    add("D21S11", "29", "31.2");
    add("D18S51", "14", "17");
    add("TH01", "6", "9.3");
    add("FGA", "21", "24");
    add("D1S1656", "12", "16");
    add("D2S441", "11", "14");
    add("D10S1248", "13", "15");
    add("D12S391", "18", "21");
    add("D22S1045", "11", "15");
    dna::Profile out { .reference = std::move(reference),
        .category = category,
        .laboratory = "Laboratory TEST",
        .iso_17025 = true };
    out.genotype = dna::make_genotype(std::move(typings), table).value();
    return out;
}

inline dna::Profile stain(std::string const& reference, std::string const& at_d3)
{
    return profile(reference, at_d3, dna::Category::unknown_stain);
}
inline dna::Profile person(std::string const& reference, std::string const& at_d3)
{
    return profile(reference, at_d3, dna::Category::known_person);
}

inline DnaDraft lawful(dna::Profile const& asked)
{
    DnaDraft out;
    out.to = "RO";
    out.case_number = "2026-0417";
    out.purpose = "investigation";
    out.offence = "burglary TEST";
    out.ground = "investigation-or-proceedings";
    out.profiles = { message_of(asked, knowledge().table) };
    out.erase_by = parse_date("2027-04-17").value();
    out.facts = json::Object { { "comparison-lawful", true } };
    return out;
}

} // namespace comity::identification::trial
