#include "search/dna/fixture.h"

#include <gtest/gtest.h>

namespace comity::search::dna {
namespace {

Result<Allele> read(std::string_view locus, std::string_view text)
{
    return parse_allele(text, test::table().loci()[*test::table().find(locus)]);
}

TEST(Locus, every_writing_of_a_name_finds_it)
{
    for (auto const* name : { "vWA", "VWA", "vwa" })
        EXPECT_EQ(test::table().find(name), test::table().find("VWA"));
    for (auto const* name : { "Penta_D", "PENTA D", "penta-d", "PentaD" })
        EXPECT_EQ(test::table().find(name), test::table().find("Penta D")) << name;
    EXPECT_TRUE(test::table().find("CSF1P0") == test::table().find("CSF1PO"));
    EXPECT_FALSE(test::table().find("D99S1"));
    EXPECT_EQ(std::popcount(test::table().ess()), 12);
    EXPECT_EQ(std::popcount(test::table().find_kit("ESX 17")->loci), 16);
}

TEST(Locus, a_table_with_a_slip_names_the_line)
{
    std::string const head = "locus\tgroup\trepeat\tpruem\taliases\n";
    std::string const kits = "kit\taliases\tloci\n";
    auto const of = [&](std::string const& loci) {
        return LocusTable::read(head + loci, kits).error().field;
    };
    EXPECT_EQ(of("A\tess\t4\t-\t-\nA\tess\t4\t-\t-\n"), "loci.tsv:3");
    EXPECT_EQ(of("A\tess\t4\t-\tB\nB\tess\t4\t-\t-\n"), "loci.tsv:3");
    EXPECT_EQ(of("A\tes\t4\t-\t-\n"), "loci.tsv:2");
    EXPECT_EQ(of("A\tess\t0\t-\t-\n"), "loci.tsv:2");
    EXPECT_EQ(of("A\tess\t4\n"), "loci.tsv:2");
    EXPECT_FALSE(LocusTable::read(head + "A\tess\t4\t-\t-\n", kits + "K\t-\tB\n").ok());
    std::string many;
    for (int i = 0; i < 64; ++i) many += fmt::format("L{}\tother\t4\t-\t-\n", i);
    EXPECT_TRUE(LocusTable::read(head + many, kits).ok());
    EXPECT_FALSE(LocusTable::read(head + many + "L64\tother\t4\t-\t-\n", kits).ok());
}

TEST(Allele, reads_what_laboratories_write_and_nothing_else)
{
    EXPECT_EQ(read("TH01", "9.3").value().code, 93);
    EXPECT_EQ(to_text(read("TH01", "9.3").value()), "9.3");
    EXPECT_EQ(to_text(read("TH01", "9").value()), "9");
    for (auto const* any : { "*", "f", "na", "NR", "un", "o", "0", "1", "99" })
        EXPECT_EQ(read("TH01", any).value(), wildcard) << any;
    for (auto const* off : { "R", "OL", "<5", ">13", ">13.3" })
        EXPECT_EQ(read("TH01", off).value(), rare) << off;
    for (auto const* bad :
        { "", "9.", "9.4", "9.31", "9,3", "-9", "100", "x", "9 ", ".3", "9.3.1" })
        EXPECT_FALSE(read("TH01", bad).ok()) << bad;
    EXPECT_TRUE(read("TH01", "2").ok());
    EXPECT_TRUE(read("TH01", "98").ok());
    EXPECT_TRUE(read("Penta D", "9.4").ok());
    EXPECT_FALSE(read("D22S1045", "9.3").ok());
    EXPECT_EQ(read("AMEL", "x").value(), sex_x);
    EXPECT_FALSE(read("AMEL", "12").ok());
    EXPECT_EQ(read("TH01", "44x").error().field, "TH01");
}

TEST(Typing, has_two_to_four_values)
{
    EXPECT_FALSE(make_typing(0, { Allele { 120 } }).ok());
    EXPECT_TRUE(make_typing(0, { Allele { 140 }, Allele { 120 } }).ok());
    EXPECT_TRUE(make_typing(0, std::vector<Allele>(4, Allele { 120 })).ok());
    EXPECT_FALSE(make_typing(0, std::vector<Allele>(5, Allele { 120 })).ok());
    auto const typing = make_typing(1, { Allele { 140 }, Allele { 120 } }).value();
    EXPECT_FALSE(make_genotype({ typing, typing }, test::table()).ok());
}

TEST(Reference, has_no_room_for_a_name)
{
    EXPECT_TRUE(check_reference("RS-2026/0001").ok());
    EXPECT_FALSE(check_reference("Ivan Petrov 1").ok());
    EXPECT_FALSE(check_reference("Petrov").ok());
    EXPECT_FALSE(check_reference("").ok());
    EXPECT_TRUE(check_reference(std::string(40, '1')).ok());
    EXPECT_FALSE(check_reference(std::string(41, '1')).ok());
}

} // namespace
} // namespace comity::search::dna
