/** The stock of numbers beside the subscribers that have them: what `sanhu audit` compares. */
export { selectStockDifferences, type StockDifference } from '../../../data/view/number-stock/select-stock-differences';
