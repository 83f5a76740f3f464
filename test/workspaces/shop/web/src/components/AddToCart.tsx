import { useState } from 'react';
import { api } from '../api/client';

const COLOURS = ['#2f6f4f', '#d9a441', '#b5533c', '#4c7a9f'];

interface Piece {
  id: number;
  left: number;
  delay: number;
  colour: string;
}

/** A little confetti when something goes into the cart. */
function makeConfetti(count: number): Piece[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    left: Math.random() * 100,
    delay: Math.random() * 0.4,
    colour: COLOURS[id % COLOURS.length]!,
  }));
}

export default function AddToCart({ productId }: { productId: string }) {
  const [quantity, setQuantity] = useState(1);
  const [pieces, setPieces] = useState<Piece[]>([]);
  const [message, setMessage] = useState('');

  const add = async () => {
    try {
      await api('/carts/items', { method: 'POST', body: JSON.stringify({ productId, quantity }) });
      setPieces(makeConfetti(24));
      setMessage('Added to your cart.');
      setTimeout(() => setPieces([]), 1_500);
    } catch (err) {
      setMessage((err as Error).message);
    }
  };

  return (
    <div className="add-to-cart">
      <input
        type="number"
        min={1}
        max={99}
        value={quantity}
        onChange={(event) => setQuantity(Number(event.target.value))}
      />
      <button type="button" onClick={add}>Add to cart</button>
      <p role="status">{message}</p>
      {pieces.map((piece) => (
        <i
          key={piece.id}
          className="confetti"
          style={{ left: `${piece.left}%`, animationDelay: `${piece.delay}s`, background: piece.colour }}
        />
      ))}
    </div>
  );
}
