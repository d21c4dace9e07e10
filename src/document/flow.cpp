#include "document/flow.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace comity::document {
namespace {

constexpr double leading = 1.16; ///< Of the height that the font asks for.
constexpr double full_width = page::right - page::left;

/// A row of this many lines at most is never broken.
constexpr std::size_t whole_row_lines_max = 14;

/// The lines of a text set at `x`, each as a strip of its own.
std::vector<Strip> lines_of(std::shared_ptr<SetText const> const& text, double x)
{
    std::vector<Strip> out;
    auto* const iterator = pango_layout_get_iter(text->layout.get());
    do {
        int upper = 0;
        int lower = 0;
        pango_layout_iter_get_line_yrange(iterator, &upper, &lower);
        auto const height = pango_units_to_double(lower - upper) * leading;
        auto const rise = pango_units_to_double(pango_layout_iter_get_baseline(iterator) - upper)
            + pango_units_to_double(lower - upper) * (leading - 1) / 2;
        Strip strip;
        strip.height = height;
        auto* const line = pango_layout_iter_get_line_readonly(iterator);
        strip.lines.push_back({ text, line, x, rise, height });
        out.push_back(std::move(strip));
    } while (pango_layout_iter_next_line(iterator) != FALSE);
    pango_layout_iter_free(iterator);
    return out;
}

/// A text at its line feeds: setting all of a long one at once takes the square of its lines.
std::vector<Text> split(Text const& text)
{
    std::vector<Text> out(1);
    for (auto const& run : text.runs) {
        std::string_view rest { run.text };
        for (;;) {
            auto const end = rest.find('\n');
            out.back().runs.push_back({ std::string { rest.substr(0, end) }, run.style, run.link });
            if (end == rest.npos) break;
            rest.remove_prefix(end + 1);
            out.emplace_back();
        }
    }
    return out;
}

std::size_t bytes_of(Text const& text)
{
    return std::accumulate(text.runs.begin(), text.runs.end(), std::size_t { 0 },
        [](std::size_t sum, Run const& run) { return sum + run.text.size(); });
}

/// No line alone at the foot or the head of a page.
void keep_ends(std::vector<Strip>& strips)
{
    if (strips.size() < 2) return;
    strips.front().keep = true;
    strips[strips.size() - 2].keep = true;
}

void keep_all(std::vector<Strip>& strips)
{
    for (auto& strip : strips) strip.keep = true;
    if (!strips.empty()) strips.back().keep = false;
}

/// Air inside the upper and the lower edge of a group of strips.
void pad(std::vector<Strip>& strips, double upper, double lower)
{
    for (auto& line : strips.front().lines) line.baseline += upper;
    strips.front().height += upper;
    strips.back().height += lower;
}

class Flow {
public:
    Flow(Typesetter const& typesetter, std::size_t pages_max)
        : typesetter_(typesetter)
        , pages_max_(pages_max)
    {
    }

    void add_title(std::string const& title)
    {
        auto strips = set({ title }, { .size = 18, .strong = true }, page::left, full_width);
        for (auto& strip : strips) strip.keep = true;
        strips.front().opens = true;
        append(std::move(strips), 0);
    }

    void add(Heading const& heading)
    {
        constexpr double sizes[] { 13, 10.5, 9.5 };
        constexpr double gaps[] { 22, 16, 12 };
        auto const level = static_cast<std::size_t>(std::clamp(heading.level, 1, 3) - 1);
        auto strips = set(heading.text,
            { .size = sizes[level], .strong = true, .faint = level == 2 }, page::left, full_width);
        for (auto& strip : strips) strip.keep = true;
        strips.front().heading = &heading;
        if (level == 0) {
            strips.back().height += 3;
            strips.back().rules.push_back({ page::left, strips.back().height, full_width });
        }
        append(std::move(strips), gaps[level]);
    }

    void add(Paragraph const& paragraph)
    {
        auto strips = set(paragraph.text, {}, page::left, full_width);
        keep_ends(strips);
        append(std::move(strips), 6);
    }

    void add(List const& list)
    {
        constexpr double indent = 18;
        for (std::size_t i = 0; i < list.items.size(); ++i) {
            auto strips = set(list.items[i], {}, page::left + indent, full_width - indent);
            auto const sign = list.numbered ? fmt::format("{}.", i + 1) : std::string { "•" };
            auto const mark = set({ sign }, {}, page::left + 3, indent);
            strips.front().lines.push_back(mark.front().lines.front());
            keep_ends(strips);
            append(std::move(strips), i == 0 ? 6 : 2);
        }
    }

    void add(Particulars const& particulars)
    {
        constexpr double name_width = 104;
        double gap = 6;
        for (auto const& [name, value] : particulars.all) {
            auto row = side_by_side(
                { set({ name }, { .size = 8.5, .faint = true }, page::left, name_width - 10),
                    set(value, { .size = 9 }, page::left + name_width, full_width - name_width) });
            row.back().keep = &name == &particulars.all.front().name && particulars.all.size() > 1;
            append(std::move(row), gap);
            gap = 2.5;
        }
    }

    void add(Table const& table)
    {
        if (table.columns.empty()) return;
        std::vector<Text> titles;
        titles.reserve(table.columns.size());
        for (auto const& column : table.columns) titles.emplace_back(column.title);
        auto head = row_of(table, titles, { .size = 8, .strong = true, .faint = true });
        for (auto& strip : head) strip.keep = true;
        auto const shared = std::make_shared<std::vector<Strip> const>(head);
        if (table.rows.empty()) head.back().keep = false;
        append(std::move(head), 8);
        for (auto const& cells : table.rows) {
            auto row = row_of(table, cells, { .size = 8.5 });
            for (auto& strip : row) strip.titles = shared;
            append(std::move(row), 0);
        }
    }

    void add(Note const& note)
    {
        auto strips = set(note.text, { .size = 9 }, page::left + 10, full_width - 20);
        pad(strips, 5, 5);
        for (auto& strip : strips) strip.ground = note.warning ? Ground::warning : Ground::shade;
        keep_ends(strips);
        append(std::move(strips), 8);
    }

    void add(Verbatim const& verbatim)
    {
        auto strips = set(
            { verbatim.text }, { .size = 7.5, .code = true }, page::left + 8, full_width - 16);
        pad(strips, 5, 5);
        for (auto& strip : strips) strip.ground = Ground::shade;
        keep_ends(strips);
        append(std::move(strips), 6);
    }

    void add(Signature const& signature)
    {
        constexpr std::size_t columns = 3;
        constexpr double gutter = 18;
        auto const width = (full_width - gutter * (columns - 1)) / columns;
        std::vector<Strip> all;
        for (std::size_t i = 0; i < signature.lines.size(); i += columns) {
            Strip room;
            room.height = 40;
            std::vector<std::vector<Strip>> cells;
            for (auto k = i; k < std::min(i + columns, signature.lines.size()); ++k) {
                auto const x = page::left + static_cast<double>(k - i) * (width + gutter);
                room.rules.push_back({ x, room.height - 1, width, true });
                cells.push_back(
                    set({ signature.lines[k] }, { .size = 8, .faint = true }, x, width));
            }
            all.push_back(std::move(room));
            for (auto& strip : side_by_side(std::move(cells))) all.push_back(std::move(strip));
        }
        keep_all(all);
        append(std::move(all), 10);
    }

    std::vector<Strip> take() { return std::move(out_); }

    /// What was wrong with what was added so far.
    Result<void> check() const
    {
        if (error_) return *error_;
        if (height_ > static_cast<double>(pages_max_) * (page::bottom - page::top))
            return Error { Error::Kind::too_large,
                fmt::format("the document has more than {} pages", pages_max_) };
        return {};
    }

private:
    std::vector<Strip> set(Text const& text, Face const& face, double x, double width)
    {
        if (bytes_of(text) > text_bytes_max) {
            error_ = Error { Error::Kind::too_large,
                fmt::format("a text has more than {} bytes", text_bytes_max) };
            return std::vector<Strip>(1);
        }
        std::vector<Strip> out;
        for (auto const& line : split(text)) {
            auto const made = typesetter_.set(line, face, width);
            if (!made->missing.empty())
                error_ = Error { Error::Kind::malformed,
                    "no font of this machine has every character of: "
                        + made->missing.substr(0, 200) };
            for (auto& strip : lines_of(made, x)) out.push_back(std::move(strip));
        }
        return out;
    }

    /// The first lines of all cells in one strip, then the second ones.
    static std::vector<Strip> side_by_side(std::vector<std::vector<Strip>> cells)
    {
        std::vector<Strip> out;
        for (auto& cell : cells) {
            out.resize(std::max(out.size(), cell.size()));
            for (std::size_t i = 0; i < cell.size(); ++i) {
                out[i].height = std::max(out[i].height, cell[i].height);
                for (auto& line : cell[i].lines) out[i].lines.push_back(std::move(line));
            }
        }
        // One baseline for all, whatever their sizes.
        for (auto& strip : out) {
            double baseline = 0;
            for (auto const& line : strip.lines) baseline = std::max(baseline, line.baseline);
            for (auto& line : strip.lines) line.baseline = baseline;
        }
        if (out.size() <= whole_row_lines_max)
            keep_all(out);
        else
            keep_ends(out);
        return out;
    }

    std::vector<Strip> row_of(Table const& table, std::vector<Text> const& cells, Face const& face)
    {
        constexpr double gutter = 9;
        auto const shares = std::accumulate(table.columns.begin(), table.columns.end(), 0,
            [](int sum, Column const& column) { return sum + std::max(column.share, 1); });
        std::vector<std::vector<Strip>> made;
        double x = page::left;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            auto const width = full_width * std::max(table.columns[i].share, 1) / shares;
            auto const text = i < cells.size() ? cells[i] : Text {};
            made.push_back(set(text, face, x, std::max(width - gutter, 1.0)));
            x += width;
        }
        auto out = side_by_side(std::move(made));
        pad(out, 3, 3);
        out.back().rules.push_back({ page::left, out.back().height, full_width });
        return out;
    }

    void append(std::vector<Strip> strips, double gap)
    {
        if (!strips.empty()) strips.front().gap = gap;
        for (auto& strip : strips) {
            height_ += strip.height;
            out_.push_back(std::move(strip));
        }
    }

    Typesetter const& typesetter_;
    std::size_t pages_max_;
    double height_ = 0;
    std::vector<Strip> out_;
    std::optional<Error> error_;
};

} // namespace

Result<std::vector<Strip>> flow(
    Typesetter const& typesetter, Document const& document, std::size_t pages_max)
{
    Flow all { typesetter, pages_max };
    all.add_title(document.title);
    TRY(all.check());
    for (auto const& block : document.blocks) {
        std::visit([&](auto const& each) { all.add(each); }, block);
        TRY(all.check());
    }
    return all.take();
}

} // namespace comity::document
